package dev.paddock.launcher;

/**
 * Why the server's process ends, as its exit code. A signal stops it in order; the second one ends it at once, with 130
 * (Ctrl-C), 143 (TERM) or 129 (HUP). {@code bin/paddock} and docs/operations.md have the same list.
 */
enum Exit {
    /** Stopped as asked. */
    STOPPED(0),
    /** Something nobody foresaw; the log has the details. */
    UNEXPECTED(1),
    /** The address to listen on is taken or not one of this machine. */
    ADDRESS(2),
    /** The home directory cannot be written. */
    HOME(3),
    /** No Java 25: said by {@code bin/paddock}, before there is a JVM. */
    JAVA(4),
    /** Another server uses the same home. */
    HOME_IN_USE(5),
    /** The installation is not whole: a directory or jar is missing. */
    INSTALLATION(6),
    /** Other machines could come in without a key, and nobody said that they may. */
    EXPOSED(7),
    /** A file of settings in the home is no JSON, or cannot be read. */
    SETTINGS(8),
    /** The disk of the home directory is full. */
    DISK_FULL(9);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
