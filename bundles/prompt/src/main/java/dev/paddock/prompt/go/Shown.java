package dev.paddock.prompt.go;

/** A value that prints as its own text, as Go's types with a {@code String} method do. */
sealed interface Shown permits GoStruct, JsonMap, JsonList, TypeNames {
    /** What it prints as. */
    String text(Run run);
}
