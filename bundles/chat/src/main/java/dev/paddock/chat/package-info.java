/** The chat page at {@code /}: static files that talk to the server's Ollama API from the browser. */
package dev.paddock.chat;
