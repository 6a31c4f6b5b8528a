package dev.paddock.launcher;

/**
 * Why the server's process ends, as its exit code. Ended by a signal, the JVM itself says 130 (Ctrl-C) or 143 (TERM).
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
    EXPOSED(7);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
