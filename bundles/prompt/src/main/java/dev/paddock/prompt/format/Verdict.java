package dev.paddock.prompt.format;

/** What looking ahead says of a place in an answer that has not come to its end. */
enum Verdict {
    NO,
    /** More text decides. */
    MAYBE,
    YES
}
