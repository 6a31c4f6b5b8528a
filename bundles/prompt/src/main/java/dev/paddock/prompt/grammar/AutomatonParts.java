package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Automaton;
import dev.paddock.prompt.grammar.regular.Automaton.Edge;
import dev.paddock.prompt.grammar.regular.Characters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes automata as rules, one for each state where ways part or meet: only one reading is ever followed. What is left at
 * an end, so many characters of one set or fewer, is a repetition.
 */
final class AutomatonParts {
    private final Function<Characters, Part> form;
    private final String hint;
    private final Map<Characters, Part> forms = new HashMap<>();

    private AutomatonParts(Function<Characters, Part> form, String hint) {
        this.form = form;
        this.hint = hint;
    }

    /** Of texts as they are. */
    static AutomatonParts raw(String hint) {
        return new AutomatonParts(Part::oneOf, hint);
    }

    /** Of texts within JSON strings. */
    static AutomatonParts json(String hint) {
        return new AutomatonParts(JsonCharacters::part, hint);
    }

    /** A rule for the texts that an automaton accepts; there is at least one. */
    Rule rule(Automaton automaton) {
        return new Writing(automaton).rule();
    }

    /** What is long has a rule of its own. */
    private Part character(Characters set) {
        return forms.computeIfAbsent(set, s -> {
            Part part = form.apply(s);
            return part instanceof Part.Choice ? new Part.Named(new Rule("char", part)) : part;
        });
    }

    private final class Writing {
        private final Automaton automaton;
        private final Tails tails;
        private final boolean[] inChain;
        private final Map<Integer, Rule> rules = new HashMap<>();
        private final ArrayDeque<Integer> open = new ArrayDeque<>();

        Writing(Automaton automaton) {
            this.automaton = automaton;
            tails = new Tails(automaton);
            inChain = new boolean[automaton.states()];
            int[] entries = new int[automaton.states()];
            for (int i = 0; i < entries.length; i++) for (Edge edge : automaton.edges(i)) entries[edge.to()]++;
            for (int i = 1; i < entries.length; i++) {
                inChain[i] = entries[i] == 1 && automaton.edges(i).size() == 1 && !automaton.accepts(i);
            }
        }

        Rule rule() {
            Rule first = ruleOf(0);
            while (!open.isEmpty()) {
                int state = open.poll();
                rules.get(state).is(body(state));
            }
            return first;
        }

        private Rule ruleOf(int state) {
            return rules.computeIfAbsent(state, s -> {
                open.add(s);
                return new Rule(hint);
            });
        }

        private Part body(int state) {
            List<Part> options = new ArrayList<>();
            for (Edge edge : automaton.edges(state)) options.add(chain(edge));
            if (automaton.accepts(state)) options.add(Part.EMPTY);
            return Part.choice(options);
        }

        /** A way, and those behind it as long as there is only one. */
        private Part chain(Edge edge) {
            List<Part> parts = new ArrayList<>();
            parts.add(character(edge.on()));
            int at = edge.to();
            while (inChain[at]) {
                Edge next = automaton.edges(at).getFirst();
                parts.add(character(next.on()));
                at = next.to();
            }
            if (tails.is(at)) parts.add(tail(at));
            else parts.add(new Part.Named(ruleOf(at)));
            return Part.sequence(parts);
        }

        private Part tail(int state) {
            if (tails.most(state) == 0) return Part.EMPTY;
            return Part.repeated(character(automaton.edges(state).getFirst().on()), 0, tails.most(state));
        }
    }
}
