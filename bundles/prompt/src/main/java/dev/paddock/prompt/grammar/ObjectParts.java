package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes objects: properties in the order of the schema, each once, then others. For each place in that order, and as many
 * properties as were written, there is one rule for what may follow, so that the grammar does not grow with the number of
 * ways to leave properties out.
 */
final class ObjectParts {
    /** As many readings of one text are followed while such properties may come next. */
    private static final int MOST_OPTIONAL = 500;

    private static final int MOST_PLACES = 10_000;

    private final SchemaCompiler compiler;
    private final JsonRules json;

    ObjectParts(SchemaCompiler compiler, JsonRules json) {
        this.compiler = compiler;
        this.json = json;
    }

    /** The text of an object. */
    Part part(ObjectFacts facts) {
        if (facts.least() > facts.most()) {
            return new Part.Nothing("minProperties and maxProperties " + facts.at() + " leave no object");
        }
        if (facts.isFree()) return json.part("object");
        return new Chain(facts).part();
    }

    /** The members of one object, made from the last to the first. */
    private final class Chain {
        private final ObjectFacts facts;
        private final List<String> names;
        /** So many members are told apart; as far as it matters, more are as good as these. */
        private final int counted;
        /** What may follow where a member comes next, by the number of those written. */
        private Part[] next;
        /** What may follow behind a member, by the number of those written. */
        private Part[] rest;

        private boolean requiredBehind;

        Chain(ObjectFacts facts) {
            this.facts = facts;
            names = new ArrayList<>(facts.names());
            long matters = facts.mostWritten() == Part.ENDLESS ? facts.least() : facts.mostWritten();
            counted = (int) Math.min(names.size(), matters);
            if ((counted + 1) * (names.size() + 1) > MOST_PLACES) {
                throw compiler.tooLarge("counts too many of its properties " + facts.at());
            }
        }

        Part part() {
            checkRuns();
            begin();
            for (int i = names.size() - 1; i >= 0; i--) put(i);
            boolean mayBeEmpty = !requiredBehind && facts.least() == 0;
            Part members = mayBeEmpty ? Part.optional(next[0]) : next[0];
            return Part.sequence(new Part.Text("{"), json.part("ws"), members, new Part.Text("}"));
        }

        private void checkRuns() {
            int run = 0;
            for (String name : names) {
                run = required(name) ? 0 : run + 1;
                if (run <= MOST_OPTIONAL) continue;
                throw compiler.tooLarge(
                        "has more than " + MOST_OPTIONAL + " properties in a row that may be left out, " + facts.at());
            }
        }

        private boolean required(String name) {
            return facts.required().contains(name);
        }

        /** Behind the last named property: others, if there are any. Their names may be the same, so they count as one. */
        private void begin() {
            next = new Part[counted + 1];
            rest = new Part[counted + 1];
            Part none = new Part.Nothing("no further properties are allowed " + facts.at());
            Part member = facts.additional().isPresent() ? other() : none;
            Part more = named(Part.sequence(json.part("comma"), member), "more");
            for (int count = 0; count <= counted; count++) {
                boolean room = count < facts.mostWritten() && count + 1 >= facts.least();
                long others = facts.mostWritten() == Part.ENDLESS ? Part.ENDLESS : facts.mostWritten() - count - 1;
                next[count] = room ? Part.sequence(member, Part.repeated(more, 0, others)) : none;
                rest[count] = rest(next[count], count);
            }
        }

        /** Puts a property before what there is. */
        private void put(int index) {
            String name = names.get(index);
            Part member = Part.sequence(
                    new Part.Text(Constants.quoted(name)),
                    json.part("colon"),
                    compiler.value(facts.property(name), name),
                    json.part("ws"));
            requiredBehind |= required(name);
            boolean shared = index > 0 && !required(names.get(index - 1));
            Part[] later = next;
            Part[] behind = rest;
            next = new Part[counted + 1];
            rest = new Part[counted + 1];
            for (int count = 0; count <= Math.min(index, counted); count++) {
                List<Part> options = new ArrayList<>();
                Part behindIt = behind[Math.min(count + 1, counted)];
                options.add(count < facts.mostWritten() ? Part.sequence(member, behindIt) : full());
                if (!required(name)) options.add(later[count]);
                Part choice = Part.choice(options);
                next[count] = shared ? named(choice, "members") : choice;
                rest[count] = rest(next[count], count);
            }
        }

        private Part full() {
            return new Part.Nothing("maxProperties " + facts.at() + " leaves no room for what is required");
        }

        private Part rest(Part next, int count) {
            Part more = Part.sequence(json.part("comma"), next);
            return requiredBehind || count < facts.least() ? more : Part.optional(more);
        }

        private Part other() {
            Part key = names.isEmpty() ? json.part("string") : json.text(Words.except(names));
            Part value = compiler.value(facts.additional().orElseThrow(), "value");
            return named(Part.sequence(key, json.part("colon"), value, json.part("ws")), "other");
        }

        private static Part named(Part part, String hint) {
            return part instanceof Part.Nothing ? part : new Part.Named(new Rule(hint, part));
        }
    }
}
