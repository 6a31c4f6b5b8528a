package dev.paddock.prompt.go;

import java.util.List;

/** Go's {@code printf}. Mistakes in a format are shown in the text, as in Go. One thread. */
final class Format {
    /** Go ignores a larger width or precision. */
    private static final int MOST_WIDTH = 1_000_000;

    private final String format;
    private final List<Object> arguments;
    private final Run run;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int next;
    private boolean reordered;
    private boolean badIndex;
    private boolean unclosed;

    private Format(String format, List<Object> arguments, Run run) {
        this.format = format;
        this.arguments = arguments;
        this.run = run;
    }

    static String text(String format, List<Object> arguments, Run run) {
        var printing = new Format(format, arguments, run);
        printing.all();
        return printing.out.toString();
    }

    private void all() {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            int end = percent < 0 ? format.length() : percent;
            run.append(out, format.substring(at, end));
            at = end;
            if (percent >= 0) verb();
        }
        if (!reordered && next < arguments.size()) extra();
    }

    private void verb() {
        at++;
        badIndex = false;
        String flags = flags();
        argumentIndex();
        Count width = count();
        if (width.value() < 0 && width.given()) flags = flags.replace("0", "") + "-";
        Count precision = Count.NONE;
        if (at < format.length() && format.charAt(at) == '.') {
            at++;
            argumentIndex();
            precision = count().orZero();
        }
        argumentIndex();
        if (at >= format.length()) {
            run.append(out, "%!(NOVERB)");
            return;
        }
        int letter = format.codePointAt(at);
        at += Character.charCount(letter);
        // A plus before v asks for the names of a struct's fields, not for signs.
        String meant = letter == 'v' ? flags.replace("+", "") : flags;
        write(new Verb(meant, Math.abs(width.value()), precision.value(), letter));
    }

    private String flags() {
        int start = at;
        while (at < format.length() && "+-# 0".indexOf(format.charAt(at)) >= 0) at++;
        return format.substring(start, at);
    }

    /** {@code [n]}: the argument to go on with, from 1. */
    private void argumentIndex() {
        if (at >= format.length() || format.charAt(at) != '[') return;
        reordered = true;
        int end = unclosed ? -1 : format.indexOf(']', at);
        unclosed = end < 0; // once for all: each further search would read the rest of the format in vain
        String digits = end < 0 ? "" : format.substring(at + 1, end);
        at = end < 0 ? at + 1 : end + 1;
        boolean good = digits.matches("[0-9]{1,6}")
                && Integer.parseInt(digits) >= 1
                && Integer.parseInt(digits) <= arguments.size();
        if (good) next = Integer.parseInt(digits) - 1;
        else badIndex = true;
    }

    /** A width or precision; not given is 0 for a width and -1 for a precision. */
    private record Count(int value, boolean given) {
        static final Count NONE = new Count(-1, false);

        Count orZero() {
            return given ? new Count(Math.max(value, -1), true) : new Count(0, true);
        }
    }

    private Count count() {
        if (at < format.length() && format.charAt(at) == '*') return starred();
        int start = at;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') at++;
        if (at == start || at - start > 7) return new Count(0, false);
        int value = Integer.parseInt(format, start, at, 10);
        return value > MOST_WIDTH ? new Count(0, false) : new Count(value, true);
    }

    private Count starred() {
        at++;
        Object argument = next < arguments.size() ? arguments.get(next++) : null;
        if (argument instanceof Number number
                && Values.isInteger(number)
                && Math.abs(number.longValue()) <= MOST_WIDTH) {
            return new Count(number.intValue(), true);
        }
        run.append(out, "%!(BADWIDTH)");
        return new Count(0, false);
    }

    private void write(Verb verb) {
        String letter = Character.toString(verb.letter());
        if (verb.is("%")) run.append(out, "%");
        else if (badIndex) run.append(out, "%!" + letter + "(BADINDEX)");
        else if (next >= arguments.size()) run.append(out, "%!" + letter + "(MISSING)");
        else if (verb.is("T")) run.append(out, verb.pad(Values.typeName(arguments.get(next++)), run));
        else run.append(out, Printing.text(arguments.get(next++), verb, run));
    }

    private void extra() {
        run.append(out, "%!(EXTRA ");
        String between = "";
        for (Object argument : arguments.subList(next, arguments.size())) {
            run.append(out, between);
            between = ", ";
            if (argument != null) run.append(out, Values.typeName(argument) + "=");
            run.append(out, Printing.text(argument, Verb.PLAIN, run));
        }
        run.append(out, ")");
    }
}
