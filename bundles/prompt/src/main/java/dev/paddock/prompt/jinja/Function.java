package dev.paddock.prompt.jinja;

/** Something a template can call. */
@FunctionalInterface
interface Function {
    Object call(Run run, CallArguments arguments);
}
