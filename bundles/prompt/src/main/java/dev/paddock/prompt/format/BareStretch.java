package dev.paddock.prompt.format;

/**
 * The start of content where calls may stand without a mark: they count only there, and only where it begins with a
 * bracket or a code fence.
 */
final class BareStretch implements Stretch {
    private static final String FENCE = "```";

    private final CallSyntax calls;
    private final Tools tools;
    private final TextStretch content;

    BareStretch(CallSyntax calls, Tools tools, TextStretch content) {
        this.calls = calls;
        this.tools = tools;
        this.content = content;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        int blanks = in.blanks();
        if (blanks == in.length()) return in.ended() ? content : this;
        if ("[{".indexOf(in.at(blanks)) < 0 && !in.startsWith(FENCE, blanks)) {
            return in.mayStartWith(FENCE, blanks) ? this : content;
        }
        String before = in.take(blanks);
        return calls.begin(content.inGap() ? "" : before, tools, content);
    }
}
