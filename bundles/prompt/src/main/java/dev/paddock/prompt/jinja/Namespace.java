package dev.paddock.prompt.jinja;

/**
 * {@code namespace()}: the one thing whose attributes a template can set.
 *
 * @param values its attributes
 */
record Namespace(MadeDict values) implements Attributed {
    @Override
    public Object attribute(String name) {
        return values.getOrDefault(name, Undefined.MISSING);
    }

    // Each is itself only, as in Python; its values may lead back to it.
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
