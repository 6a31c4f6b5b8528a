/** The one component of this library: its limits as settings. */
package dev.paddock.gguf.internal;
