package dev.paddock.prompt.go;

import java.util.List;

/** Syntax of a value in a command. {@code at} is the index of its first character in the source. */
sealed interface Operand {
    int at();

    record Dot(int at) implements Operand {}

    record Nil(int at) implements Operand {}

    /** A String, Boolean, Long or Double; {@code text} as written. */
    record Literal(Object value, String text, int at) implements Operand {}

    /** {@code .A.B}. */
    record Field(List<String> names, int at) implements Operand {}

    /** {@code $name.A.B}; the name has its dollar sign. */
    record Variable(String name, List<String> fields, int at) implements Operand {}

    /** {@code (pipe).A.B}, or fields of what a function gives. */
    record Chain(Operand owner, List<String> fields, int at) implements Operand {}

    record Function(String name, int at) implements Operand {}

    /** A pipeline in parentheses. */
    record Nested(Pipe pipe, int at) implements Operand {}

    /** How it is written, for messages. */
    default String describe() {
        return switch (this) {
            case Dot dot -> ".";
            case Nil nil -> "nil";
            case Literal literal -> literal.text();
            case Field field -> "." + String.join(".", field.names());
            case Variable variable -> String.join(".", variable.name(), String.join(".", variable.fields()));
            case Chain chain -> chain.owner().describe() + "." + String.join(".", chain.fields());
            case Function function -> function.name();
            case Nested nested -> "(...)";
        };
    }
}
