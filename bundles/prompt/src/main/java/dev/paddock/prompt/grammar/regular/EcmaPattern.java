package dev.paddock.prompt.grammar.regular;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the regular expressions of ECMA-262 that JSON Schema uses, as far as they are regular: no look around, no
 * references back, no word boundaries. What engines read differently is refused, or read so that all of them agree.
 */
public final class EcmaPattern {
    private static final int DEEPEST = 50;
    private static final int LONGEST = 10_000;

    private final PatternText text;
    private final ClassReader classes;
    private int depth;

    private EcmaPattern(String source) {
        text = new PatternText(source);
        classes = new ClassReader(text);
    }

    /**
     * A pattern that was read.
     *
     * @param automaton accepts texts in which it is found, no others
     * @param steps what it took, in steps of about a microsecond
     * @param exact whether those are all such texts by every engine; else there may be some more
     */
    public record Read(Automaton automaton, int steps, boolean exact) {}

    /**
     * Reads a pattern, which need not match the whole of a text unless it says so by {@code ^} and {@code $}.
     *
     * @throws PatternException when it is no pattern or not regular
     * @throws TooComplexException when its automaton would be too large
     */
    public static Read read(String source) {
        if (source.length() > LONGEST) throw new PatternException("it has more than " + LONGEST + " characters");
        var pattern = new EcmaPattern(source);
        Regex regex = pattern.choice();
        if (!pattern.text.atEnd()) throw pattern.text.error("\")\" without \"(\"");
        Nondeterministic.Made made = Nondeterministic.found(regex, "it");
        return new Read(made.automaton(), made.steps(), pattern.classes.exact());
    }

    /** Reads a pattern of ours that is meant for the whole of a text. */
    static Regex regex(String source) {
        return new EcmaPattern(source).choice();
    }

    private Regex choice() {
        List<Regex> options = new ArrayList<>();
        do {
            options.add(sequence());
        } while (text.take('|'));
        return options.size() == 1 ? options.getFirst() : new Regex.Choice(options);
    }

    private Regex sequence() {
        List<Regex> parts = new ArrayList<>();
        while (!text.atEnd() && text.peek() != '|' && text.peek() != ')') parts.add(repeated());
        return parts.size() == 1 ? parts.getFirst() : new Regex.Sequence(parts);
    }

    private Regex repeated() {
        Regex atom = atom();
        int c = text.peek();
        if (c != '*' && c != '+' && c != '?' && c != '{') return atom;
        if (text.take('*')) atom = new Regex.Repeat(atom, 0, Regex.ENDLESS);
        else if (text.take('+')) atom = new Regex.Repeat(atom, 1, Regex.ENDLESS);
        else if (text.take('?')) atom = new Regex.Repeat(atom, 0, 1);
        else atom = counted(atom);
        text.take('?'); // lazy: finds the same texts
        c = text.peek();
        if (c == '*' || c == '+' || c == '?' || c == '{') throw text.error("a repetition of a repetition");
        return atom;
    }

    private Regex counted(Regex atom) {
        text.take('{');
        int least = text.number();
        int most = least;
        if (text.take(',')) most = text.peek() == '}' ? Regex.ENDLESS : text.number();
        if (!text.take('}')) throw text.error("\"}\" is expected here");
        if (most != Regex.ENDLESS && most < least) throw text.error("a repetition of " + least + " to " + most);
        return new Regex.Repeat(atom, least, most);
    }

    private Regex atom() {
        int c = text.peek();
        switch (c) {
            case '^' -> {
                text.next();
                return new Regex.One(Characters.of(Regex.BEGIN));
            }
            case '$' -> {
                text.next();
                return new Regex.One(Characters.of(Regex.END));
            }
            case '(' -> {
                return group();
            }
            case '*', '+', '?', '{' -> throw text.error("nothing is there to repeat; a character is escaped by \\");
            default -> {
                return new Regex.One(classes.read());
            }
        }
    }

    private Regex group() {
        text.next();
        if (++depth > DEEPEST) throw text.error("brackets are nested deeper than " + DEEPEST);
        if (text.take('?') && !text.take(':')) named();
        Regex body = choice();
        if (!text.take(')')) throw text.error("\")\" is missing");
        depth--;
        return body;
    }

    /** {@code (?<name>...)} groups as {@code (...)} does; all else behind {@code (?} looks around or sets flags. */
    private void named() {
        boolean name = text.take('<') && text.peek() != '=' && text.peek() != '!';
        if (!name) throw text.error("look-around and flags are not supported");
        while (!text.take('>')) {
            if (text.atEnd()) throw text.error("\">\" is missing");
            text.next();
        }
    }
}
