package dev.paddock.prompt.jinja;

import java.util.function.Supplier;

/** A value that is not there: prints as nothing, is false and empty, and fails when anything is done with it. */
final class Undefined {
    /** Given by lookups that found nothing, so that null can be found. Never reaches a template. */
    static final Object MISSING = new Object();

    private static final int BYTES = 64;

    private final Supplier<String> why;

    private Undefined(Supplier<String> why) {
        this.why = why;
    }

    /** One that fails with this message. */
    static Undefined because(String why) {
        return new Undefined(() -> why);
    }

    /** A variable that nobody set. */
    static Undefined variable(String name) {
        return new Undefined(() -> "'" + name + "' is undefined");
    }

    /** What an object does not have; counted, for a template may look in vain often, and keep what it got. */
    static Undefined member(Run run, Object object, Object key) {
        run.memory(BYTES);
        String type = object == null ? "None" : Values.typeName(object) + " object";
        if (Values.isText(key)) {
            return new Undefined(() -> "'" + type + "' has no attribute '" + Printing.shortened(key.toString()) + "'");
        }
        return new Undefined(() -> type + " has no element " + (Numbers.isSmall(key) ? key : Values.typeName(key)));
    }

    String why() {
        return why.get();
    }

    /** The value, which must be defined. */
    static Object require(Object value) {
        if (value instanceof Undefined undefined) throw new TemplateException(undefined.why());
        return value;
    }

    // All of them are one as keys of a dict.
    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
