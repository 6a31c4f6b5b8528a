package dev.paddock.cli.modelfile;

import dev.paddock.cli.server.Failure;
import java.util.List;

/**
 * What a Modelfile says.
 *
 * @param instructions in the order of the file; at least one is a FROM
 */
public record Modelfile(List<Instruction> instructions) {
    public Modelfile {
        instructions = List.copyOf(instructions);
    }

    /**
     * One command of the file.
     *
     * @param command in lower case: {@code from}, {@code parameter}, ...
     * @param name of a parameter, or role of a message; else empty
     * @param value the argument without its quotes
     */
    public record Instruction(String command, String name, String value) {}

    /**
     * Reads a file's bytes: UTF-8, or UTF-16 with a byte order mark.
     *
     * @throws Failure with the line where the grammar is broken
     */
    public static Modelfile parse(byte[] bytes) {
        Modelfile file = new Modelfile(new ModelfileReader(ModelfileReader.text(bytes)).instructions());
        boolean from = file.instructions.stream()
                .anyMatch(i -> i.command().equals("from") && !i.value().isEmpty());
        if (!from) throw new Failure("no FROM line");
        return file;
    }

    /** The values of that command, in order. */
    public List<String> values(String command) {
        return instructions.stream()
                .filter(instruction -> instruction.command().equals(command))
                .map(Instruction::value)
                .toList();
    }

    /** The last value of that command; empty when there is none. */
    public String last(String command) {
        List<String> values = values(command);
        return values.isEmpty() ? "" : values.getLast();
    }
}
