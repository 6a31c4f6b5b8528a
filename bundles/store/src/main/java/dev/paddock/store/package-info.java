/** Models on disk in Ollama's layout: content-addressed blobs, manifests, housekeeping, and the first model. */
package dev.paddock.store;
