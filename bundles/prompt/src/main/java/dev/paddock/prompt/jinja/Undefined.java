package dev.paddock.prompt.jinja;

/**
 * A value that is not there: prints as nothing, is false and empty, and fails when anything is done with it.
 *
 * @param why the message of that failure
 */
record Undefined(String why) {
    /** Given by lookups that found nothing, so that null can be found. Never reaches a template. */
    static final Object MISSING = new Object();

    TemplateException failure() {
        return new TemplateException(why);
    }

    /** The value, which must be defined. */
    static Object require(Object value) {
        if (value instanceof Undefined undefined) throw undefined.failure();
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Undefined;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}
