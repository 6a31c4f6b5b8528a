package dev.paddock.prompt.format;

import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Llama writes behind a tag for Python: calls as JSON, a list of calls as Python writes them, {@code f.call(a="x")}, or
 * plain code.
 *
 * @param opening the tag
 * @param closing ends it; empty when nothing does
 * @param keys of calls as JSON
 */
record PythonTag(String opening, String closing, CallObject.Keys keys) implements CallSyntax {
    private static final Pattern METHOD = Pattern.compile("\\s*(?<name>[A-Za-z0-9_-]{1,128})\\.call\\(");

    @Override
    public List<String> marks() {
        return json().marks();
    }

    private JsonCalls json() {
        return new JsonCalls(opening, closing, false, keys);
    }

    @Override
    public Stretch begin(String before, Tools tools, TextStretch from) {
        return new Stretch() {
            @Override
            public Stretch read(Input in, Pieces out) {
                int blanks = in.blanks();
                if (blanks == in.length() && !in.ended()) return this;
                if (in.startsWith("{", blanks)) return json().begin(before, tools, from);
                if (in.startsWith("[", blanks)) return python().begin(before, tools, from);
                Matcher method = METHOD.matcher(in.tail(0));
                boolean found = method.lookingAt();
                if (!found && method.hitEnd() && !in.ended()) return this;
                if (!found || !tools.known(method.group("name"))) return code().begin(before, tools, from);
                in.drop(method.end());
                in.giveBack(method.group("name") + "(");
                return python().begin(before, tools, from);
            }
        };
    }

    private PythonCalls python() {
        return new PythonCalls(opening, closing, PythonCalls.Style.LIST);
    }

    private CodeCalls code() {
        return new CodeCalls(opening, closing);
    }

    @Override
    public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
        return json().rule(grammar, tools, several);
    }
}
