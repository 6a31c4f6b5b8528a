package dev.paddock.prompt.format;

import java.util.ArrayList;
import java.util.List;

/** Reads the right side of a GBNF rule. */
final class GbnfReader {
    private final String text;
    private int at;

    GbnfReader(String text) {
        this.text = text;
    }

    Gbnf.Node read() {
        var node = choice();
        if (at != text.length()) throw new AssertionError("unread: " + text.substring(at) + " in " + text);
        return node;
    }

    private Gbnf.Node choice() {
        List<Gbnf.Node> parts = new ArrayList<>(List.of(row()));
        while (skip('|')) parts.add(row());
        return new Gbnf.Node.Choice(parts);
    }

    private Gbnf.Node row() {
        List<Gbnf.Node> parts = new ArrayList<>();
        while (true) {
            while (skip(' ')) {}
            if (at == text.length() || text.charAt(at) == '|' || text.charAt(at) == ')') break;
            parts.add(repeated(part()));
        }
        return new Gbnf.Node.Row(parts);
    }

    private Gbnf.Node part() {
        if (skip('(')) {
            var inner = choice();
            if (!skip(')')) throw new AssertionError("no ) in " + text);
            return inner;
        }
        if (skip('"')) return new Gbnf.Node.Literal(upTo('"'));
        if (skip('[')) return characters();
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) at++;
        if (from == at) throw new AssertionError("what is " + text.substring(at) + " in " + text);
        return new Gbnf.Node.Rule(text.substring(from, at));
    }

    private Gbnf.Node repeated(Gbnf.Node part) {
        if (skip('?')) return new Gbnf.Node.Repeated(part, 0, 1);
        if (skip('*')) return new Gbnf.Node.Repeated(part, 0, -1);
        if (skip('+')) return new Gbnf.Node.Repeated(part, 1, -1);
        if (!skip('{')) return part;
        String[] counts = upTo('}').split(",", -1);
        int least = Integer.parseInt(counts[0]);
        if (counts.length == 1) return new Gbnf.Node.Repeated(part, least, least);
        return new Gbnf.Node.Repeated(part, least, counts[1].isEmpty() ? -1 : Integer.parseInt(counts[1]));
    }

    private Gbnf.Node characters() {
        boolean not = skip('^');
        StringBuilder all = new StringBuilder();
        while (!skip(']')) {
            char first = character();
            boolean range = text.charAt(at) == '-' && text.charAt(at + 1) != ']';
            if (range) at++;
            char last = range ? character() : first;
            for (int c = first; c <= last; c++) all.append((char) c);
        }
        return new Gbnf.Node.OneOf(all.toString(), not);
    }

    private String upTo(char end) {
        StringBuilder read = new StringBuilder();
        while (!skip(end)) read.append(character());
        return read.toString();
    }

    private char character() {
        char c = text.charAt(at++);
        if (c != '\\') return c;
        char escaped = text.charAt(at++);
        return switch (escaped) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            default -> escaped;
        };
    }

    private char hex(int digits) {
        at += digits;
        return (char) Integer.parseInt(text.substring(at - digits, at), 16);
    }

    private boolean skip(char c) {
        if (at >= text.length() || text.charAt(at) != c) return false;
        at++;
        return true;
    }
}
