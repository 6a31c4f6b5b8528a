package dev.paddock.runner.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfMemoryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ggml_backend_cuda_buffer_type_alloc_buffer: allocating 99.00 MiB on device 0: cudaMalloc failed: out of"
                        + " memory",
                "CUDA error: out of memory",
                "cuMemCreate: CUDA_ERROR_OUT_OF_MEMORY",
                "ggml_vulkan: Device memory allocation of size 123 failed.",
                "ggml_vulkan: vk::Device::allocateMemory: ErrorOutOfDeviceMemory",
                "Requested buffer size exceeds device memory allocation limit: ErrorOutOfDeviceMemory",
                "ggml_metal_buffer_init: error: failed to allocate buffer, size = 9.00 MiB",
                "error: Insufficient Memory (00000008:kIOGPUCommandBufferCallbackErrorOutOfMemory)",
                "ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 99",
                "alloc_tensor_range: failed to allocate Vulkan0 buffer of size 99",
                "ggml_aligned_malloc: insufficient memory (attempted to allocate 9.00 MB)",
                "load_model: error loading model: unable to allocate CUDA0 buffer",
                "graph_reserve: failed to allocate compute buffers",
                "terminate called after throwing an instance of 'std::bad_alloc'",
                "mmap failed: Cannot allocate memory",
                "process_ubatch: failed to compute graph, compute status: -2"
            })
    void wordsThatMemoryRanOutAreKnown(String words) {
        assertThat(OutOfMemory.said("before; " + words + "; after")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gguf_init_from_file_impl: failed to read magic",
                "error loading model: tensor data is not within the file bounds",
                "process_ubatch: failed to compute graph, compute status: -1",
                "CUDA error: an illegal memory access was encountered",
                "load_tensors: CPU model buffer size = 9.00 MiB",
                "vk::Queue::submit: ErrorDeviceLost"
            })
    void otherWordsAreNotTakenForThat(String words) {
        assertThat(OutOfMemory.said(words)).isFalse();
    }
}
