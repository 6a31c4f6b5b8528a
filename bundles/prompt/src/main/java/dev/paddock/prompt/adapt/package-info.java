/**
 * Conversations put as a Jinja template can take them. What it can take is found out by trying: it is rendered with small
 * conversations of our own, and what shows up in the text tells.
 */
package dev.paddock.prompt.adapt;
