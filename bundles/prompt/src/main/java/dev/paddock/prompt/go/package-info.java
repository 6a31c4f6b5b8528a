/**
 * Go's {@code text/template} as Ollama's models use it, with Go's values and printing. Templates are untrusted: they
 * reach nothing but the values given to them, there are no methods, and their work is bounded.
 */
package dev.paddock.prompt.go;
