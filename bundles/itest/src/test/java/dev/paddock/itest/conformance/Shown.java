package dev.paddock.itest.conformance;

/**
 * What a test showed of an API.
 *
 * @param type the full name of its class
 */
record Shown(Api api, Trait trait, String type, String method, Outcome outcome) {
    /** The class as the page names it. */
    String name() {
        return type.substring(type.lastIndexOf('.') + 1);
    }
}
