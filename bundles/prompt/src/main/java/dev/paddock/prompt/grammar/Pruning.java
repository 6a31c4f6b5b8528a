package dev.paddock.prompt.grammar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes out of a grammar what can never end: rules that, however they are read on, need one more of their kind. */
final class Pruning {
    private final Set<Rule> all = new LinkedHashSet<>();
    private final Set<Rule> ending = new HashSet<>();

    private Pruning(Rule root) {
        Map<Rule, List<Rule>> users = new HashMap<>();
        List<Rule> open = new ArrayList<>(List.of(root));
        all.add(root);
        while (!open.isEmpty()) {
            Rule rule = open.removeLast();
            Set<Rule> used = new LinkedHashSet<>();
            collect(rule.body(), used);
            for (Rule other : used) {
                users.computeIfAbsent(other, o -> new ArrayList<>()).add(rule);
                if (all.add(other)) open.add(other);
            }
        }
        findEnding(users);
    }

    /** Takes it out of all that a rule leads to; gives why nothing is left, or null. */
    static Part.Nothing prune(Rule root) {
        var pruning = new Pruning(root);
        if (!pruning.ending.contains(root)) {
            Part.Nothing cause = pruning.cause(root.body());
            return cause != null ? cause : new Part.Nothing("it needs values within values without end");
        }
        if (pruning.ending.size() < pruning.all.size()) {
            for (Rule rule : pruning.all) rule.is(pruning.pruned(rule.body()));
        }
        return null;
    }

    private static void collect(Part part, Set<Rule> used) {
        switch (part) {
            case Part.Named named -> used.add(named.rule());
            case Part.Sequence sequence -> sequence.parts().forEach(p -> collect(p, used));
            case Part.Choice choice -> choice.options().forEach(p -> collect(p, used));
            case Part.Repeated repeated -> collect(repeated.part(), used);
            case Part.Text t -> {}
            case Part.OneOf o -> {}
            case Part.Given g -> {}
            case Part.Nothing n -> {}
        }
    }

    private void findEnding(Map<Rule, List<Rule>> users) {
        var open = new ArrayDeque<>(all);
        while (!open.isEmpty()) {
            Rule rule = open.pollLast();
            if (ending.contains(rule) || !ends(rule.body())) continue;
            ending.add(rule);
            open.addAll(users.getOrDefault(rule, List.of()));
        }
    }

    private boolean ends(Part part) {
        return switch (part) {
            case Part.Text t -> true;
            case Part.OneOf o -> true;
            case Part.Given g -> true;
            case Part.Nothing n -> false;
            case Part.Named named -> ending.contains(named.rule());
            case Part.Sequence sequence -> sequence.parts().stream().allMatch(this::ends);
            case Part.Choice choice -> choice.options().stream().anyMatch(this::ends);
            case Part.Repeated repeated -> repeated.least() == 0 || ends(repeated.part());
        };
    }

    private Part pruned(Part part) {
        return switch (part) {
            case Part.Named named -> ending.contains(named.rule()) ? named : new Part.Nothing("it never ends");
            case Part.Sequence sequence ->
                Part.sequence(sequence.parts().stream().map(this::pruned).toList());
            case Part.Choice choice ->
                Part.choice(choice.options().stream().map(this::pruned).toList());
            case Part.Repeated repeated -> Part.repeated(pruned(repeated.part()), repeated.least(), repeated.most());
            default -> part;
        };
    }

    /** What says why in a part that does not end; null when that is only that it goes round in circles. */
    private Part.Nothing cause(Part start) {
        Set<Rule> seen = new HashSet<>();
        var open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            Part part = open.pop();
            if (ends(part)) continue;
            switch (part) {
                case Part.Nothing nothing -> {
                    return nothing;
                }
                case Part.Named named -> {
                    if (seen.add(named.rule())) open.push(named.rule().body());
                }
                case Part.Sequence sequence -> sequence.parts().reversed().forEach(open::push);
                case Part.Choice choice -> choice.options().reversed().forEach(open::push);
                case Part.Repeated repeated -> open.push(repeated.part());
                default -> {}
            }
        }
        return null;
    }
}
