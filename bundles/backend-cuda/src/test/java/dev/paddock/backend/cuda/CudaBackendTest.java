package dev.paddock.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.Refusal.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaBackendTest {
    private final CudaBackend backend = new CudaBackend("1.0.0", "");

    @ParameterizedTest
    @CsvSource({
        "libcuda.so.1: cannot open shared object file, DRIVER_MISSING, NVIDIA's driver",
        "libcudart.so.13: cannot open shared object file, DRIVER_MISSING, cuda-cudart-13",
        "libcublas.so.13: cannot open shared object file, DRIVER_MISSING, libcublas-13",
        "libcuda.so.1: undefined symbol: cuMemCreate, DRIVER_TOO_OLD, 580",
        "failed to initialize CUDA: CUDA driver version is insufficient for CUDA runtime version, DRIVER_TOO_OLD, 580",
        "failed to initialize CUDA: no CUDA-capable device is detected, NO_DEVICE, nvidia-smi",
        "libggml-cuda.so: undefined symbol: ggml_abort, WRONG_VERSION, same release",
    })
    void whatTheLoaderSaysHasAReasonAndARemedy(String said, Reason reason, String remedy) {
        var symptom = first(said);
        assertThat(symptom.reason()).isEqualTo(reason);
        assertThat(symptom.remedy()).contains(remedy);
    }

    @Test
    void theSettingNamesTheDevicesToTheLibrary() {
        assertThat(backend.environment()).isEmpty();
        assertThat(new CudaBackend("1.0.0", "1").environment()).containsEntry("CUDA_VISIBLE_DEVICES", "1");
    }

    private Backend.Symptom first(String said) {
        return backend.symptoms().stream()
                .filter(symptom -> said.contains(symptom.words()))
                .findFirst()
                .orElseThrow();
    }
}
