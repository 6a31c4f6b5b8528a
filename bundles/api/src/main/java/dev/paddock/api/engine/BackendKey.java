package dev.paddock.api.engine;

/**
 * A backend and its version. Several versions of one backend may be installed side by side; each is one of its own.
 *
 * @param id short name: {@code cpu}, {@code cuda}, {@code vulkan}, {@code metal}
 * @param version as its bundle says; empty = the newest that is installed
 */
public record BackendKey(String id, String version) {
    /** The id of plain CPUs, which every runner needs. */
    public static final String CPU = "cpu";

    /** Whichever version is the newest. */
    public static BackendKey newest(String id) {
        return new BackendKey(id, "");
    }

    /** Whether another key means this one: the same id, and the same version unless one of both leaves it open. */
    public boolean matches(BackendKey other) {
        return id.equals(other.id) && (version.isEmpty() || other.version.isEmpty() || version.equals(other.version));
    }

    @Override
    public String toString() {
        return version.isEmpty() ? id : id + " " + version;
    }
}
