package dev.paddock.engine.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Backend.Symptom;
import dev.paddock.api.engine.Refusal;
import dev.paddock.api.engine.Refusal.Reason;
import dev.paddock.engine.backend.ProbeFailure.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalReadingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "load_backend: failed to load /x/libggml-vulkan.so: libvulkan.so.1: cannot open shared object file: No"
                        + " such file or directory | DRIVER_MISSING",
                "failed to load x: libcublas.so.13: cannot open shared object file | DRIVER_MISSING",
                "failed to load x: libcudart.so.13: cannot open shared object file | DRIVER_MISSING",
                "failed to load x: libcuda.so.1: cannot open shared object file | DRIVER_MISSING",
                "failed to load x: undefined symbol: cuMemCreate | DRIVER_TOO_OLD",
                "failed to load x: undefined symbol: ggml_backend_new | WRONG_VERSION",
                "failed to initialize backend from x: ggml_backend_init returned NULL | DRIVER_MISSING",
                "ggml_vulkan: No devices found. | NO_DEVICE",
                "backend x has an incompatible API version 1, expected 2 | WRONG_VERSION",
                "x: wrong ELF class: ELFCLASS32 | WRONG_VERSION",
                "x: invalid ELF header | LIBRARY_REFUSED",
                "x: file too short | LIBRARY_REFUSED",
                "x: something nobody saw before | LIBRARY_REFUSED",
                "no CPU backend is there beside it | FILES_UNAVAILABLE"
            })
    void whatTheLoaderSaysHasAReason(String seen, Reason reason) {
        var refusal = RefusalReading.read(new ProbeFailure(Kind.REFUSED, seen), List.of());
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.detail()).isEqualTo(seen);
        assertThat(refusal.remedy()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_FILES, WRONG_PLATFORM",
        "FILES, FILES_UNAVAILABLE",
        "TIMED_OUT, PROBE_TIMED_OUT",
        "CRASHED, PROBE_CRASHED",
        "NO_DEVICE, NO_DEVICE"
    })
    void howAProbeFailedIsAReasonByItself(Kind kind, Reason reason) {
        assertThat(RefusalReading.read(new ProbeFailure(kind, "seen"), List.of())
                        .reason())
                .isEqualTo(reason);
    }

    @Test
    void whatTheBackendKnowsOfItselfGoesFirst() {
        var own = List.of(new Symptom("LIBvulkan", Reason.DRIVER_TOO_OLD, "own remedy"));
        assertThat(RefusalReading.read(new ProbeFailure(Kind.REFUSED, "libvulkan.so.1: cannot open"), own))
                .isEqualTo(new Refusal(Reason.DRIVER_TOO_OLD, "libvulkan.so.1: cannot open", "own remedy"));
    }
}
