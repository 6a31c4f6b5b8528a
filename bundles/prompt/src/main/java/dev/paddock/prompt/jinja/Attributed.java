package dev.paddock.prompt.jinja;

/** A value with attributes of its own. */
interface Attributed {
    /** The attribute, or {@link Undefined#MISSING}. */
    Object attribute(String name);
}
