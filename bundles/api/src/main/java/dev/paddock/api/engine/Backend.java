package dev.paddock.api.engine;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One ggml backend: files and facts, no loaded code. The engine copies the files into a runner's library directory; the
 * runner loads them.
 */
@ConsumerType
public interface Backend {
    /** Its name and version; the version is never empty. */
    BackendKey key();

    /** Where it stands among backends: lower is loaded first. GPUs 0, CPU 100 (llama.cpp wants the CPU last). */
    int order();

    /** Its shared libraries for this platform; empty when it has none for it. A runner loads the best one that fits. */
    List<NativeFile> files();

    /** Variables of the C environment that its libraries read; set before they are loaded. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** What is known about its failures; the first whose words occur in what the loader said is told. */
    default List<Symptom> symptoms() {
        return List.of();
    }

    /**
     * Words of a loader or driver, and what they mean.
     *
     * @param words occur in what was said
     * @param reason what that means
     * @param remedy what to do about it, one sentence
     */
    record Symptom(String words, Refusal.Reason reason, String remedy) {}
}
