/** Models of random weights in real shapes, for measuring speed and memory without a download. */
package dev.paddock.gguf.random;
