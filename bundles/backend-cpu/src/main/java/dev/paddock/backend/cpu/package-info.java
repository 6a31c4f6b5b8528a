/** The CPU backend of ggml: its shared libraries, one for each instruction set. */
package dev.paddock.backend.cpu;
