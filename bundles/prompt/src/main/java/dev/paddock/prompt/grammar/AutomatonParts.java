package dev.paddock.prompt.grammar;

import dev.paddock.prompt.grammar.regular.Automaton;
import dev.paddock.prompt.grammar.regular.Automaton.Edge;
import dev.paddock.prompt.grammar.regular.Characters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes automata as rules, one for each state where ways part or meet: only one reading is ever followed. */
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
        boolean[] own = ownRules(automaton);
        Rule[] rules = new Rule[automaton.states()];
        for (int i = 0; i < rules.length; i++) if (own[i]) rules[i] = new Rule(hint);
        for (int i = 0; i < rules.length; i++) if (own[i]) rules[i].is(body(automaton, i, rules));
        return rules[0];
    }

    /** Whether a state has a rule: not if it stands in the middle of a chain, or ends one. */
    private static boolean[] ownRules(Automaton automaton) {
        int[] entries = new int[automaton.states()];
        for (int i = 0; i < entries.length; i++) for (Edge edge : automaton.edges(i)) entries[edge.to()]++;
        boolean[] own = new boolean[entries.length];
        for (int i = 0; i < own.length; i++) {
            boolean end = automaton.edges(i).isEmpty();
            boolean middle = entries[i] == 1 && automaton.edges(i).size() == 1 && !automaton.accepts(i);
            own[i] = i == 0 || !(end || middle);
        }
        return own;
    }

    private Part body(Automaton automaton, int state, Rule[] rules) {
        List<Part> options = new ArrayList<>();
        for (Edge edge : automaton.edges(state)) {
            List<Part> chain = new ArrayList<>();
            Edge at = edge;
            chain.add(character(at.on()));
            while (rules[at.to()] == null && !automaton.edges(at.to()).isEmpty()) {
                at = automaton.edges(at.to()).getFirst();
                chain.add(character(at.on()));
            }
            if (rules[at.to()] != null) chain.add(new Part.Named(rules[at.to()]));
            options.add(Part.sequence(chain));
        }
        if (automaton.accepts(state)) options.add(Part.EMPTY);
        return Part.choice(options);
    }

    /** What is long has a rule of its own. */
    private Part character(Characters set) {
        return forms.computeIfAbsent(set, s -> {
            Part part = form.apply(s);
            return part instanceof Part.Choice ? new Part.Named(new Rule("char", part)) : part;
        });
    }
}
