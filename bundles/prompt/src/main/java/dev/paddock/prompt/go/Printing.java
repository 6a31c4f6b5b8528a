package dev.paddock.prompt.go;

import java.util.List;
import java.util.Map;

/** Prints values as Go's {@code fmt} does. */
final class Printing {
    private static final int MOST_DEPTH = 200;

    private final Run run;
    private final StringBuilder out = new StringBuilder();

    private Printing(Run run) {
        this.run = run;
    }

    /** What an action shows. */
    static String shown(Object value, Run run) {
        return switch (value) {
            case null -> "<no value>";
            case String text -> text;
            default -> text(value, Verb.PLAIN, run);
        };
    }

    /** What one verb of a format gives. */
    static String text(Object value, Verb verb, Run run) {
        var printing = new Printing(run);
        printing.any(value, verb, 0);
        return printing.out.toString();
    }

    private void any(Object value, Verb verb, int depth) {
        if (depth > MOST_DEPTH) throw new GoTemplateException("a value is nested too deeply to be printed");
        switch (value) {
            case null -> nil(verb, depth);
            case Shown shown when verb.is("vsxXq") -> add(TextVerbs.text(shown.text(run), verb, run));
            case GoStruct struct -> map(struct.fields(), verb, depth);
            case Map<?, ?> map -> map(map, verb, depth);
            case List<?> list -> list(list, verb, depth);
            case Boolean truth when verb.is("vt") -> add(verb.pad(truth.toString(), run));
            case String text when verb.is("vsxXq") -> add(TextVerbs.text(text, verb, run));
            case Number number
            when Values.isInteger(number) && verb.is("vdbcoOqxXU") -> add(IntegerVerbs.text(number, verb, run));
            case Number number
            when Values.isReal(number) && verb.is("vgGfFeE") -> add(FloatVerbs.text(number.doubleValue(), verb, run));
            default -> wrong(value, verb, depth);
        }
    }

    private void add(String text) {
        run.append(out, text);
    }

    /** Within another value nil is always printed in the same way. */
    private void nil(Verb verb, int depth) {
        if (depth > 0) add("<nil>");
        else if (verb.is("v")) add(verb.pad("<nil>", run));
        else add("%!" + Character.toString(verb.letter()) + "(<nil>)");
    }

    private void wrong(Object value, Verb verb, int depth) {
        add("%!" + Character.toString(verb.letter()) + "(" + Values.typeName(value) + "=");
        if (!verb.is("v")) any(value, verb.without('#').with('v'), depth + 1);
        add(")");
    }

    private void map(Map<?, ?> map, Verb verb, int depth) {
        add("map[");
        String between = "";
        for (var entry : Values.sorted(map, run).entrySet()) {
            add(between);
            any(entry.getKey(), verb, depth + 1);
            add(":");
            any(entry.getValue(), verb, depth + 1);
            between = " ";
        }
        add("]");
    }

    private void list(List<?> list, Verb verb, int depth) {
        add("[");
        String between = "";
        for (Object item : list) {
            add(between);
            any(item, verb, depth + 1);
            between = " ";
        }
        add("]");
    }
}
