package dev.paddock.prompt.format;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads one call of {@link GemmaCalls}. One thread. */
final class GemmaCallStretch implements Stretch {
    private static final String CALL = "call";
    private static final String BRACKETS = "{(";
    /** Characters before the arguments; what is longer is no call. */
    private static final int MOST_HEAD = 256;

    private static final Pattern HEAD = Pattern.compile("\\s*(?:call\\s*:\\s*((?:[\\w.-]+:)*))?([^\\s{}()<>]+)\\s*");

    private final GemmaCalls syntax;
    private final String opening;
    private final Tools tools;
    private final TextStretch from;

    private final StringBuilder written = new StringBuilder();
    /** JSON that was read and not given out. */
    private final StringBuilder json = new StringBuilder();

    private OpenCall call;
    private GemmaArguments arguments;

    GemmaCallStretch(GemmaCalls syntax, String opening, Tools tools, TextStretch from) {
        this.syntax = syntax;
        this.opening = opening;
        this.tools = tools;
        this.from = from;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        if (call == null) {
            Stretch other = head(in, out);
            if (call == null) return other;
        }
        if (arguments.done()) return closing(in);
        arguments.read(in, written, json);
        call.arguments(json.toString());
        json.setLength(0);
        if (arguments.done()) {
            call.complete(written);
            return closing(in);
        }
        if (!arguments.failed() && !in.ended()) return this;
        written.append(arguments.failed() ? "" : in.take(in.length()));
        call.broken(written);
        return from.afterText("", out);
    }

    /** Reads up to the arguments; begins the call when a tool is named before them. */
    private Stretch head(Input in, Pieces out) {
        int end = 0;
        while (end < Math.min(in.length(), MOST_HEAD) && BRACKETS.indexOf(in.at(end)) < 0) end++;
        if (end == in.length() && !in.ended() && end < MOST_HEAD) return this;
        boolean found = end < in.length() && BRACKETS.indexOf(in.at(end)) >= 0;
        String head = found ? in.take(end) : "";
        var tool = tool(head);
        if (tool.isEmpty()) return noCall(head, found, in, out);
        written.append(opening).append(head).append(in.at(0));
        call = out.begin(tool.get());
        json.append('{');
        char last = in.next() == '(' ? ')' : '}';
        arguments = new GemmaArguments(syntax.quote(), last, key -> isText(tool.get(), key));
        return this;
    }

    /** Whether an argument can only be a string. */
    private boolean isText(String tool, String argument) {
        return tools.parameter(tool, argument)
                .filter(schema -> "string".equals(schema.get("type")))
                .isPresent();
    }

    /** The tool before the arguments; it may stand behind names of what it is part of. */
    private Optional<String> tool(String head) {
        var before = HEAD.matcher(head);
        if (!before.matches()) return Optional.empty();
        String name = before.group(2);
        String outer = before.group(1) == null ? "" : before.group(1);
        return Stream.of(outer + name, name).filter(tools::known).findFirst();
    }

    /** Some models write JSON between the marks; all else is text. */
    private Stretch noCall(String head, boolean found, Input in, Pieces out) {
        String word = head.strip();
        boolean json = found && in.startsWith("{") && (word.isEmpty() || word.equals(CALL) || word.equals(CALL + ":"));
        if (json) {
            var calls = new JsonCalls(syntax.opening(), syntax.closing(), false, CallObject.Keys.USUAL);
            return calls.begin(opening + head, tools, from);
        }
        in.giveBack(head);
        return from.afterText(opening, out);
    }

    private Stretch closing(Input in) {
        in.drop(in.blanks());
        if (in.mayStartWith(syntax.closing(), 0)) return this;
        if (in.startsWith(syntax.closing())) in.drop(syntax.closing().length());
        return from.afterGap();
    }
}
