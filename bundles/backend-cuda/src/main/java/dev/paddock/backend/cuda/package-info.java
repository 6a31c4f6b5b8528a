/** The CUDA backend of ggml, for NVIDIA's GPUs: its shared library, where the build fetched it. */
package dev.paddock.backend.cuda;
