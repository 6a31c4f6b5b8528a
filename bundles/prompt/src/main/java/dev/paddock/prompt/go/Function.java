package dev.paddock.prompt.go;

import java.util.List;

/** A function that templates can call. */
@FunctionalInterface
interface Function {
    Object call(List<Object> arguments, Run run);
}
