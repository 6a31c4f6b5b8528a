/** The Metal backend of ggml, for Apple's GPUs: its shared library. */
package dev.paddock.backend.metal;
