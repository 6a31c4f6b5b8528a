package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Grammars;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Grammars of one line a rule, in which schemas stand as they are. A schema with {@code odd} has a keyword too much. */
final class LineGrammars implements Grammars {
    @Override
    public GrammarBuilder begin() {
        return new Lines();
    }

    private static final class Lines implements GrammarBuilder {
        private final List<String> rules = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        @Override
        public String rule(String hint, String body) {
            String name = hint + "-" + rules.size();
            rules.add(name + " ::= " + body);
            return name;
        }

        @Override
        public String literal(String text) {
            return "'" + text.replace("\n", "\\n") + "'";
        }

        @Override
        public String schema(Object schema, boolean strict, String where) {
            if (((Map<?, ?>) schema).containsKey("odd")) {
                if (strict) throw new PaddockException(Fault.INVALID_REQUEST, where + ".odd cannot be held to");
                notes.add(where + ".odd is left out");
            }
            return rule("schema", schema.toString());
        }

        @Override
        public String jsonObject() {
            return rule("object", "{}");
        }

        @Override
        public String jsonValue() {
            return rule("value", "json");
        }

        @Override
        public String textWithout(List<String> texts) {
            return rule("text", "without " + texts);
        }

        @Override
        public List<String> notes() {
            return List.copyOf(notes);
        }

        @Override
        public String text(String root) {
            return String.join("\n", rules) + "\nroot ::= " + root;
        }
    }
}
