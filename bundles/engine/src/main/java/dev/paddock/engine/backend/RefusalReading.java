package dev.paddock.engine.backend;

import static dev.paddock.api.engine.Refusal.Reason.DRIVER_MISSING;
import static dev.paddock.api.engine.Refusal.Reason.DRIVER_TOO_OLD;
import static dev.paddock.api.engine.Refusal.Reason.FILES_UNAVAILABLE;
import static dev.paddock.api.engine.Refusal.Reason.LIBRARY_REFUSED;
import static dev.paddock.api.engine.Refusal.Reason.NO_DEVICE;
import static dev.paddock.api.engine.Refusal.Reason.PROBE_CRASHED;
import static dev.paddock.api.engine.Refusal.Reason.PROBE_TIMED_OUT;
import static dev.paddock.api.engine.Refusal.Reason.WRONG_PLATFORM;
import static dev.paddock.api.engine.Refusal.Reason.WRONG_VERSION;

import dev.paddock.api.engine.Backend.Symptom;
import dev.paddock.api.engine.Refusal;
import java.util.List;
import java.util.Locale;

/** From what a probe saw to a reason of the closed set and a remedy: what the backend knows of itself goes first. */
public final class RefusalReading {
    private static final String BOTH = "install the backend that belongs to this release";

    /** What loaders and drivers say, as observed; the first whose words occur counts. */
    private static final List<Symptom> GENERAL = List.of(
            new Symptom(
                    "libvulkan.so.1: cannot open",
                    DRIVER_MISSING,
                    "install the Vulkan loader and the graphics driver (libvulkan1 and the maker's driver)"),
            new Symptom("libcuda.so.1: cannot open", DRIVER_MISSING, "install NVIDIA's driver"),
            new Symptom("libcudart.so", DRIVER_MISSING, "install the CUDA runtime that this backend was made for"),
            new Symptom("libcublas", DRIVER_MISSING, "install the CUDA runtime that this backend was made for"),
            new Symptom("undefined symbol: ggml_", WRONG_VERSION, BOTH),
            new Symptom("undefined symbol: llama_", WRONG_VERSION, BOTH),
            new Symptom("undefined symbol: gguf_", WRONG_VERSION, BOTH),
            new Symptom("undefined symbol", DRIVER_TOO_OLD, "update the driver of the device"),
            new Symptom("incompatible API version", WRONG_VERSION, BOTH),
            new Symptom("wrong ELF class", WRONG_VERSION, "install the backend for this machine's processor"),
            new Symptom("invalid ELF header", LIBRARY_REFUSED, "the file is damaged: install the backend again"),
            new Symptom("file too short", LIBRARY_REFUSED, "the file is damaged: install the backend again"),
            new Symptom("version `GLIBC", LIBRARY_REFUSED, "this system is older than the library needs: update it"),
            new Symptom("No devices found", NO_DEVICE, "nothing to do if this machine has no such device"),
            new Symptom(
                    "ggml_backend_init returned NULL",
                    DRIVER_MISSING,
                    "install the driver of the device; nothing to do if this machine has none"),
            new Symptom("none of ", LIBRARY_REFUSED, "no library in it suits this processor: install another backend"),
            new Symptom("no CPU backend", FILES_UNAVAILABLE, "install the bundle dev.paddock.backend-cpu"));

    private RefusalReading() {}

    /**
     * What a failed probe means.
     *
     * @param own what the backend says of its failures
     */
    public static Refusal read(ProbeFailure failure, List<Symptom> own) {
        String seen = failure.getMessage();
        return switch (failure.kind()) {
            case NO_FILES ->
                new Refusal(WRONG_PLATFORM, seen, "install a build of this backend that was made for this platform");
            case FILES -> new Refusal(FILES_UNAVAILABLE, seen, "make room on the disk, or install the backend again");
            case TIMED_OUT ->
                by(own, seen, PROBE_TIMED_OUT, "look at the driver, which does not answer; it is tried again");
            case CRASHED -> by(own, seen, PROBE_CRASHED, "look at the driver, or install another version");
            case NO_DEVICE ->
                byAll(
                        own,
                        seen,
                        NO_DEVICE,
                        "nothing to do if this machine has no such device; else look at its driver");
            case REFUSED -> byAll(own, seen, LIBRARY_REFUSED, "install the backend again, or another version of it");
        };
    }

    private static Refusal byAll(List<Symptom> own, String seen, Refusal.Reason otherwise, String remedy) {
        var known = by(own, seen, otherwise, "");
        return known.remedy().isEmpty() ? by(GENERAL, seen, otherwise, remedy) : known;
    }

    private static Refusal by(List<Symptom> symptoms, String seen, Refusal.Reason otherwise, String remedy) {
        String text = seen.toLowerCase(Locale.ROOT);
        return symptoms.stream()
                .filter(symptom -> text.contains(symptom.words().toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(symptom -> new Refusal(symptom.reason(), seen, symptom.remedy()))
                .orElseGet(() -> new Refusal(otherwise, seen, remedy));
    }
}
