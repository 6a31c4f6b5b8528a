package dev.paddock.prompt.go;

import java.util.List;
import java.util.Optional;

/** Syntax of what is done. {@code at} is the index of its first character in the source. */
sealed interface Node {
    int at();

    record Text(String text, int at) implements Node {}

    /** Prints a value, unless the pipeline declares variables. */
    record Action(Pipe pipe, int at) implements Node {}

    /** An if, with or range; {@code otherwise} is empty when there is no else. */
    record Branch(Kind kind, Pipe pipe, List<Node> body, List<Node> otherwise, int at) implements Node {}

    enum Kind {
        IF,
        WITH,
        RANGE
    }

    /** {@code {{template "name" pipe}}}. */
    record Call(String name, Optional<Pipe> pipe, int at) implements Node {}

    record Break(int at) implements Node {}

    record Continue(int at) implements Node {}
}
