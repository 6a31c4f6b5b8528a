package dev.paddock.prompt.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** A grammar in GBNF: which texts are of it, and some that are. Rules must not begin with themselves. */
final class Gbnf {
    private static final int MOST_REPEATED = 3;

    private final Map<String, Node> rules = new TreeMap<>();

    /** A part of a rule. */
    sealed interface Node {
        record Literal(String text) implements Node {}

        record OneOf(String characters, boolean not) implements Node {}

        record Rule(String name) implements Node {}

        record Row(List<Node> parts) implements Node {}

        record Choice(List<Node> parts) implements Node {}

        /** @param most -1 = any number */
        record Repeated(Node part, int least, int most) implements Node {}
    }

    static Gbnf of(String text) {
        var grammar = new Gbnf();
        for (String line : text.split("\n")) {
            int sign = line.indexOf(" ::= ");
            grammar.rules.put(line.substring(0, sign), new GbnfReader(line.substring(sign + 5)).read());
        }
        return grammar;
    }

    boolean matches(String rule, String text) {
        return ends(rule(rule), text, 0).contains(text.length());
    }

    private Node rule(String name) {
        var rule = rules.get(name);
        if (rule == null) throw new AssertionError("no rule " + name + " in " + rules.keySet());
        return rule;
    }

    /** Where texts of a part end that begin at an index. */
    private TreeSet<Integer> ends(Node node, String text, int from) {
        var ends = new TreeSet<Integer>();
        switch (node) {
            case Node.Literal literal -> {
                if (text.startsWith(literal.text(), from))
                    ends.add(from + literal.text().length());
            }
            case Node.OneOf one -> {
                boolean found = from < text.length() && one.characters().indexOf(text.charAt(from)) >= 0;
                if (from < text.length() && found != one.not()) ends.add(from + 1);
            }
            case Node.Rule rule -> ends.addAll(ends(rule(rule.name()), text, from));
            case Node.Choice choice -> choice.parts().forEach(part -> ends.addAll(ends(part, text, from)));
            case Node.Row row -> ends.addAll(rowEnds(row.parts(), text, from));
            case Node.Repeated repeated -> ends.addAll(repeatedEnds(repeated, text, from));
        }
        return ends;
    }

    private TreeSet<Integer> rowEnds(List<Node> parts, String text, int from) {
        var ends = new TreeSet<>(List.of(from));
        for (Node part : parts) {
            var next = new TreeSet<Integer>();
            for (int end : ends) next.addAll(ends(part, text, end));
            ends = next;
        }
        return ends;
    }

    private TreeSet<Integer> repeatedEnds(Node.Repeated repeated, String text, int from) {
        var all = new TreeSet<Integer>();
        var last = new TreeSet<>(List.of(from));
        if (repeated.least() == 0) all.add(from);
        for (int count = 1; count != repeated.most() + 1 && !last.isEmpty(); count++) {
            var next = new TreeSet<Integer>();
            for (int end : last) next.addAll(ends(repeated.part(), text, end));
            if (count >= repeated.least()) next.removeAll(all);
            if (count >= repeated.least()) all.addAll(next);
            last = next;
        }
        return all;
    }

    String random(String rule, Random random) {
        StringBuilder text = new StringBuilder();
        write(rule(rule), random, text);
        return text.toString();
    }

    private void write(Node node, Random random, StringBuilder text) {
        switch (node) {
            case Node.Literal literal -> text.append(literal.text());
            case Node.OneOf one -> text.append(character(one, random));
            case Node.Rule rule -> write(rule(rule.name()), random, text);
            case Node.Choice choice ->
                write(choice.parts().get(random.nextInt(choice.parts().size())), random, text);
            case Node.Row row -> row.parts().forEach(part -> write(part, random, text));
            case Node.Repeated repeated -> {
                int most = repeated.most() < 0 ? repeated.least() + MOST_REPEATED : repeated.most();
                int count = repeated.least() + random.nextInt(most - repeated.least() + 1);
                for (int i = 0; i < count; i++) write(repeated.part(), random, text);
            }
        }
    }

    private static char character(Node.OneOf one, Random random) {
        List<Character> fitting = new ArrayList<>();
        String from = one.not() ? "xyz {[\n" : one.characters();
        for (char c : from.toCharArray()) if (one.not() != one.characters().indexOf(c) >= 0) fitting.add(c);
        return fitting.get(random.nextInt(fitting.size()));
    }
}
