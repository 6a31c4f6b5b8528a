package dev.paddock.prompt.grammar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Schemas with texts, from resources of this form: {@code = title}, the schema in one line, then lines with a sign and a
 * text. {@code +} is valid and accepted, {@code -} is not valid and refused; {@code ~ reason} is valid, but refused, for
 * a reason that the bundle's README gives; {@code !} is what a note begins with when the schema is not strict. A line
 * break in a text is written as an arrow.
 */
final class SchemaTable {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** A schema and its texts. */
    record Block(
            String title,
            String schema,
            List<String> valid,
            List<String> invalid,
            List<String> narrow,
            List<String> notes) {
        private Block(String title, String schema) {
            this(title, schema, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** The schema as plain Java objects. */
        Object value() {
            return MAPPER.readValue(schema, Object.class);
        }

        /** Whether a grammar can hold to all of it. */
        boolean isHeld() {
            return notes.isEmpty();
        }

        int pairs() {
            return valid.size() + invalid.size() + narrow.size();
        }

        @Override
        public String toString() {
            return title + ": " + schema;
        }
    }

    private SchemaTable() {}

    /** All blocks of the tables. */
    static List<Block> all() {
        List<Block> blocks = new ArrayList<>();
        for (String name : List.of("values", "strings", "numbers", "arrays", "objects", "combinations", "references")) {
            blocks.addAll(read(name));
        }
        return blocks;
    }

    private static List<Block> read(String name) {
        List<Block> blocks = new ArrayList<>();
        String title = null;
        for (String line : lines(name)) {
            if (line.isBlank() || line.startsWith("#")) continue;
            if (line.startsWith("= ")) title = name + ", " + line.substring(2);
            else if (title != null) {
                blocks.add(new Block(title, line));
                title = null;
            } else add(line, blocks.getLast());
        }
        return blocks;
    }

    private static void add(String line, Block block) {
        String text = line.substring(2).replace("⏎", "\n");
        switch (line.charAt(0)) {
            case '+' -> block.valid().add(text);
            case '-' -> block.invalid().add(text);
            case '~' -> block.narrow().add(text.substring(text.indexOf(' ') + 1));
            case '!' -> block.notes().add(text);
            default -> throw new IllegalArgumentException(line);
        }
    }

    static List<String> lines(String name) {
        try (var stream = SchemaTable.class.getResourceAsStream("schemas/" + name + ".txt")) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
