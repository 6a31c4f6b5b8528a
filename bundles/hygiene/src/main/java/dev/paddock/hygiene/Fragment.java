package dev.paddock.hygiene;

/**
 * A piece of a text that changes from request to request.
 *
 * @param start where it begins
 * @param end behind its last character
 * @param lasting what of it does not change; used when it is normalised
 */
record Fragment(int start, int end, String lasting) {
    Fragment(int start, int end) {
        this(start, end, "");
    }
}
