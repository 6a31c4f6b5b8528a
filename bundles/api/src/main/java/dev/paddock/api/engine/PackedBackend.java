package dev.paddock.api.engine;

import java.util.List;
import java.util.stream.Stream;
import org.osgi.annotation.versioning.ConsumerType;

/** A backend whose libraries lie in its own bundle, as {@link NativeIndex} finds them. Each bundle adds what it knows. */
@ConsumerType
public abstract class PackedBackend implements Backend {
    /** The order of GPUs. */
    protected static final int GPU = 0;
    /** The order of CPUs. */
    protected static final int LAST = 100;

    /** What any library may meet, after what its own bundle knows. */
    private static final List<Symptom> COMMON = List.of(
            new Symptom(
                    "incompatible API version",
                    Refusal.Reason.WRONG_VERSION,
                    "Install the backend's bundle of the same release as the engine's: its library was made for another"
                            + " llama.cpp."),
            new Symptom(
                    "undefined symbol: ggml",
                    Refusal.Reason.WRONG_VERSION,
                    "Install the backend's bundle of the same release as the engine's: its library was made for another"
                            + " llama.cpp."),
            new Symptom(
                    "version `GLIBC",
                    Refusal.Reason.LIBRARY_REFUSED,
                    "The library needs glibc 2.34 and libstdc++ of GCC 12 or newer: use a newer release of the operating"
                            + " system (Debian 12, Ubuntu 22.04, RHEL 9)."),
            new Symptom(
                    "invalid ELF header",
                    Refusal.Reason.LIBRARY_REFUSED,
                    "The file is damaged or for another machine: install the bundle again, the one for this platform."),
            new Symptom(
                    "file too short",
                    Refusal.Reason.LIBRARY_REFUSED,
                    "The file is damaged: install the bundle again, and see that the disk is not full."));

    private final BackendKey key;
    private final int order;
    private final List<NativeFile> files;
    private final List<Symptom> symptoms;

    /**
     * Reads the index below the package of the class that extends this.
     *
     * @param key with the version of the bundle
     * @param order {@link #GPU} or {@link #LAST}
     * @param symptoms what is known about failures of this one
     */
    protected PackedBackend(BackendKey key, int order, List<Symptom> symptoms) {
        this.key = key;
        this.order = order;
        this.symptoms = Stream.concat(symptoms.stream(), COMMON.stream()).toList();
        this.files = NativeIndex.of(getClass());
    }

    @Override
    public final BackendKey key() {
        return key;
    }

    @Override
    public final int order() {
        return order;
    }

    @Override
    public final List<NativeFile> files() {
        return files;
    }

    @Override
    public final List<Symptom> symptoms() {
        return symptoms;
    }
}
