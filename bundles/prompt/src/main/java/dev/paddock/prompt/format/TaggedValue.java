package dev.paddock.prompt.format;

import java.util.List;

/**
 * Reads the value of one argument of a {@link TaggedCalls}, text as it comes, anything else when it is complete.
 *
 * <p>Values are not escaped. A closing tag ends a text only when another tag of the call, or the end of the answer,
 * follows it, with nothing but white space between: code that speaks of the same tags stays whole unless it writes two in
 * a row. Where the closing tag is missing, the value ends before the next argument's opening tag if the tool has that
 * argument, it has not come yet and the tag stands where tags stand; or before the end of the call if the end of the row,
 * another call or the end of the answer follows. A value that is no text ends at the closing tag that makes it whole. One
 * thread.
 */
final class TaggedValue {
    private static final int MOST_TRIES = 100;

    private final TaggedCalls syntax;
    private final ArgumentTypes types;
    private final OpenArguments arguments;
    private final TagOrder order;
    /** What came before it was certain that it is text. */
    private final StringBuilder waiting = new StringBuilder();

    private boolean started;
    private boolean empty = true;
    private boolean streaming;
    /** How often it was read to see whether it is whole. */
    private int tries;

    TaggedValue(TaggedCalls syntax, TagOrder order, ArgumentTypes types, OpenArguments arguments) {
        this.syntax = syntax;
        this.order = order;
        this.types = types;
        this.arguments = arguments;
    }

    /** @param written takes in what is read, the closing tag included */
    ValueState read(Input in, StringBuilder written) {
        if (!start(in, written)) return ValueState.OPEN;
        while (true) {
            int at = next(in);
            if (at < 0) {
                give(in, written, in.length() - held(in));
                return in.ended() ? ValueState.CUT : ValueState.OPEN;
            }
            int before = lineBreak(in, at);
            give(in, written, at - before);
            switch (ends(in, before)) {
                case YES -> {
                    end(in, written, before);
                    return ValueState.ENDED;
                }
                case MAYBE -> {
                    return ValueState.OPEN;
                }
                case NO -> give(in, written, before + 1);
            }
        }
    }

    private boolean start(Input in, StringBuilder written) {
        if (started || syntax.lines() != TaggedCalls.Lines.VALUES) return true;
        if (in.isEmpty()) return in.ended();
        started = true;
        if (in.at(0) == '\n') written.append(in.next());
        return true;
    }

    /** Where the first tag begins that might end it; -1 when there is none. */
    private int next(Input in) {
        int at = in.find("<", 0);
        while (at >= 0 && in.first(order.inValue(), at).isEmpty()) at = in.find("<", at + 1);
        return at;
    }

    /** Length of the end that may belong to a tag, with the line break before it. */
    private int held(Input in) {
        if (in.ended()) return 0;
        int held = 0;
        for (String tag : order.inValue()) held = Math.max(held, in.possible(tag));
        return held + lineBreak(in, in.length() - held);
    }

    /** Length of the line break before an index. */
    private static int lineBreak(Input in, int at) {
        return at > 0 && in.at(at - 1) == '\n' ? 1 : 0;
    }

    private Verdict ends(Input in, int at) {
        var argument = syntax.argument();
        if (in.startsWith(argument.close(), at)) {
            if (!streaming && tries++ < MOST_TRIES && types.isWhole(waiting)) return Verdict.YES;
            return followed(in, at + argument.close().length(), order.behindValue());
        }
        if (in.startsWith(argument.before(), at)) return nextArgument(in, at);
        String tag = in.first(order.inValue(), at).orElseThrow();
        return followed(in, at + tag.length(), order.behindEnd());
    }

    private Verdict nextArgument(Input in, int at) {
        boolean inLine = at == 0 && !empty && syntax.lines() != TaggedCalls.Lines.NONE;
        if (inLine) return Verdict.NO;
        var tag = syntax.argument();
        int from = at + tag.before().length();
        var head = tag.head(in, from);
        if (head.state() == NamedTag.Head.State.UNFINISHED) return Verdict.MAYBE;
        boolean whole =
                in.startsWith(tag.end(), from + head.length() - tag.end().length());
        boolean expected = head.state() == NamedTag.Head.State.FOUND && whole && arguments.expects(head.name());
        return expected ? Verdict.YES : Verdict.NO;
    }

    private static Verdict followed(Input in, int from, List<String> tags) {
        var ahead = new Ahead(in, from);
        return ahead.verdict(ahead.end() || ahead.nextOf(tags));
    }

    /** @param before length of the line break before the tag, which may be none of the value */
    private void end(Input in, StringBuilder written, int before) {
        boolean closed = in.startsWith(syntax.argument().close(), before);
        if (closed && syntax.lines() != TaggedCalls.Lines.VALUES) give(in, written, before);
        else written.append(in.take(before));
        if (closed) written.append(in.take(syntax.argument().close().length()));
        arguments.add(streaming ? "\"" : types.json(waiting.toString()));
    }

    private void give(Input in, StringBuilder written, int count) {
        if (count == 0) return;
        String text = in.take(count);
        empty = false;
        written.append(text);
        if (streaming) {
            arguments.addText(text);
            return;
        }
        waiting.append(text);
        if (!types.isText(waiting)) return;
        streaming = true;
        arguments.add("\"");
        arguments.addText(waiting.toString());
        waiting.setLength(0);
    }
}
