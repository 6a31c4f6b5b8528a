package dev.paddock.api.engine;

/**
 * Something that computes and has memory.
 *
 * @param backend what drives it
 * @param name as ggml calls it, for example {@code Vulkan0}; {@link #HOST} for the memory of the machine
 * @param description the maker's name of it
 * @param kind what it is
 * @param pciId address on the bus, or empty; two backends show the same device by it
 * @param driver name and version as far as the backend tells, or empty
 * @param totalBytes its memory; of the host what this process may use, control groups included
 * @param freeBytes what of it was free when it was looked at
 */
public record Device(
        BackendKey backend,
        String name,
        String description,
        Kind kind,
        String pciId,
        String driver,
        long totalBytes,
        long freeBytes) {
    /** The name of the machine's own memory, which CPUs compute in. */
    public static final String HOST = "host";

    /** What a device is. */
    public enum Kind {
        /** The machine's processors. */
        CPU,
        /** A card with memory of its own. */
        GPU,
        /** A GPU that shares the machine's memory. */
        INTEGRATED,
        /** Something else that computes. */
        ACCELERATOR
    }
}
