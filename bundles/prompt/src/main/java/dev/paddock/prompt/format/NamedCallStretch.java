package dev.paddock.prompt.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one call of {@link NamedCalls}: its header when that is complete, then its arguments as they come. One thread. */
final class NamedCallStretch implements Stretch {
    /** What is longer is no header: names have up to 64 or 128 characters. */
    private static final int LONGEST_HEADER = 512;

    private static final int NOT_YET = -1;

    private final NamedCalls syntax;
    private final Tools tools;
    private final TextStretch from;
    private final String opening;
    private final StringBuilder written = new StringBuilder();
    private ArgumentsReader arguments;
    /** How many of the endings stood there, or can no longer. */
    private int ended;

    NamedCallStretch(NamedCalls syntax, String opening, Tools tools, TextStretch from) {
        this.syntax = syntax;
        this.opening = opening;
        this.tools = tools;
        this.from = from;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        if (arguments == null) {
            int end = headerEnd(in);
            if (end == NOT_YET && mayGoOn(in)) return this;
            if (end == NOT_YET || !begins(in, end, out)) return from.afterText(opening, out);
        }
        if (!arguments.read(in)) return this;
        return endings(in) ? from.afterGap() : this;
    }

    /** Where the arguments begin, or what ends a call without any. */
    private int headerEnd(Input in) {
        int end = first(in.find("{", 0), in.find("\"", 0));
        return syntax.endings().isEmpty() ? end : first(end, in.find(lastEnding(), 0));
    }

    private static int first(int one, int other) {
        if (one < 0 || other < 0) return Math.max(one, other);
        return Math.min(one, other);
    }

    private String lastEnding() {
        return syntax.endings().getLast();
    }

    /** Whether more text can make a header of what is there. */
    private boolean mayGoOn(Input in) {
        int possible = syntax.endings().isEmpty() ? 0 : in.possible(lastEnding());
        int length = in.length() - possible;
        if (in.ended() || length > LONGEST_HEADER) return false;
        String header = in.tail(0).substring(0, length);
        return syntax.headers().stream().map(pattern -> pattern.matcher(header)).anyMatch(this::mayMatch);
    }

    private boolean mayMatch(Matcher matcher) {
        return matcher.matches() || matcher.hitEnd();
    }

    private boolean begins(Input in, int end, Pieces out) {
        if (end > LONGEST_HEADER) return false;
        String header = in.tail(0).substring(0, end);
        for (Pattern pattern : syntax.headers()) {
            Matcher matcher = pattern.matcher(header);
            if (!matcher.matches() || !tools.known(matcher.group("name"))) continue;
            String name = matcher.group("name");
            String id = matcher.namedGroups().containsKey("id") ? matcher.group("id") : null;
            written.append(opening).append(in.take(end));
            arguments = new ArgumentsReader(id == null ? out.begin(name) : out.begin(name, id), written);
            return true;
        }
        return false;
    }

    /** Whether all that may end the call was read. */
    private boolean endings(Input in) {
        while (ended < syntax.endings().size()) {
            String ending = syntax.endings().get(ended);
            int blanks = in.blanks();
            if (!in.ended() && (blanks == in.length() || in.mayStartWith(ending, blanks))) return false;
            if (in.startsWith(ending, blanks)) in.drop(blanks + ending.length());
            ended++;
        }
        return true;
    }
}
