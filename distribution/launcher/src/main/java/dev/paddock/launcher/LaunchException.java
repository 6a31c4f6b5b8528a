package dev.paddock.launcher;

/** The server cannot start, and the message tells the user in a sentence what is wrong and what to do. */
final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Exit exit;

    LaunchException(Exit exit, String message) {
        super(message);
        this.exit = exit;
    }

    LaunchException(Exit exit, String message, Throwable cause) {
        super(message, cause);
        this.exit = exit;
    }

    Exit exit() {
        return exit;
    }
}
