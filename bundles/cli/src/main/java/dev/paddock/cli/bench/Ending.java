package dev.paddock.cli.bench;

import java.util.Locale;

/** How a request ended. */
enum Ending {
    /** The whole answer came. */
    DONE,
    /** An HTTP status that is no success. */
    REFUSED,
    /** An error in the middle of the stream, or what is no stream of the OpenAI API. */
    FAILED,
    /** The stream ended before its end. */
    CUT,
    /** Nobody listens there. */
    UNREACHABLE,
    /** Nothing came for too long. */
    SILENT;

    /** For people and JSON. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
