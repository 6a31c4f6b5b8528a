/**
 * The dialect of Jinja that chat templates are written in, with Python's values and printing, as Hugging Face's sandbox
 * runs it. Templates are untrusted: they reach nothing but the values given to them, and their work is bounded.
 */
package dev.paddock.prompt.jinja;
