/** The Vulkan backend of ggml, for GPUs of any maker: its shared library. */
package dev.paddock.backend.vulkan;
