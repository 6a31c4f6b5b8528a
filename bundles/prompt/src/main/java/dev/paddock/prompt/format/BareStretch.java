package dev.paddock.prompt.format;

/**
 * The start of content where calls may stand without a mark: they count only there, and only where it begins with a
 * bracket or, in some families, with a code fence.
 */
final class BareStretch implements Stretch {
    private static final String FENCE = "```";

    private final CallSyntax calls;
    private final Tools tools;
    private final TextStretch content;
    private final boolean fenced;

    /** @param fenced whether a call may stand in a code fence */
    BareStretch(CallSyntax calls, Tools tools, TextStretch content, boolean fenced) {
        this.calls = calls;
        this.tools = tools;
        this.content = content;
        this.fenced = fenced;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        int blanks = in.blanks();
        if (blanks == in.length()) return in.ended() ? content : this;
        if (fenced && in.mayStartWith(FENCE, blanks)) return this;
        boolean fence = fenced && in.startsWith(FENCE, blanks);
        if (!fence && "[{".indexOf(in.at(blanks)) < 0) return content;
        String before = in.take(blanks);
        return calls.begin(content.inGap() ? "" : before, tools, content);
    }
}
