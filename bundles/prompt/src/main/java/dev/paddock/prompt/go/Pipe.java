package dev.paddock.prompt.go;

import java.util.List;

/**
 * Commands, each given the value of the one before.
 *
 * @param variables what it sets, with dollar signs; at most one, two for a range
 * @param assigns whether these exist already ({@code =}) or are new ({@code :=})
 * @param commands at least one
 * @param at index of its first character in the source
 */
record Pipe(List<String> variables, boolean assigns, List<Command> commands, int at) {
    /** An operand with its arguments. */
    record Command(Operand first, List<Operand> arguments) {}
}
