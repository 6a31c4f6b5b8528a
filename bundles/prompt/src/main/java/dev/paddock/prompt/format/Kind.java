package dev.paddock.prompt.format;

/** What text is, outside of calls. */
enum Kind {
    CONTENT,
    THINKING
}
