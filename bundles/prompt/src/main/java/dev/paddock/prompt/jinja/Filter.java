package dev.paddock.prompt.jinja;

/** A filter: {@code input|name(arguments)}. */
@FunctionalInterface
interface Filter {
    Object apply(Run run, Object input, CallArguments arguments);
}
