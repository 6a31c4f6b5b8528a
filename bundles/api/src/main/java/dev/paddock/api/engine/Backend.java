package dev.paddock.api.engine;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One ggml backend: files and facts, no loaded code. The engine copies the files into a runner's library directory; the
 * runner loads them.
 */
@ConsumerType
public interface Backend {
    /** Short name: {@code cpu}, {@code cuda}, {@code vulkan}, {@code metal}. */
    String id();

    /** Where it stands among backends: lower is loaded first. GPUs 0, CPU 100 (llama.cpp wants the CPU last). */
    int order();

    /** Its shared libraries for this platform; empty when it has none for it. A runner loads the best one that fits. */
    List<NativeFile> files();
}
