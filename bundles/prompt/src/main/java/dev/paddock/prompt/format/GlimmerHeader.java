package dev.paddock.prompt.format;

import java.util.ArrayList;
import java.util.List;

/** What stands before a message of {@link GlimmerFormat}: to whom it is, which says what it is. One thread. */
final class GlimmerHeader implements Stretch {
    /** Ends it. */
    static final String MESSAGE = "<|message|>";

    private final Tools tools;
    private final TextStretch content;
    private final TextStretch thought;
    /** What stood before it, which is text when no header follows. */
    private String opening = "";

    private TextStretch before;

    /**
     * The header of the first message.
     *
     * @param layout what content may hold
     * @param turn begins another message
     * @param end ends one
     */
    GlimmerHeader(Layout layout, String turn, String end, Tools tools) {
        this.tools = tools;
        List<Mark> marks = new ArrayList<>();
        marks.add(Mark.dropped(end));
        marks.add(new Mark(turn, this::behind));
        this.thought = new TextStretch(Kind.THINKING, marks);
        if (!tools.isEmpty()) {
            for (CallSyntax call : layout.calls()) {
                marks.add(new Mark(call.opening(), (opening, from) -> call.begin(opening, tools, from)));
            }
        }
        this.content = new TextStretch(Kind.CONTENT, marks);
        this.before = content;
    }

    /** What reads on where a message is begun: a thought, or content. */
    Stretch within(boolean thinking) {
        return thinking ? thought : content;
    }

    private Stretch behind(String turn, TextStretch from) {
        opening = turn;
        before = from;
        return this;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        var ahead = new Ahead(in, 0);
        String recipient = ahead.next("to=") ? ahead.word() : "user";
        boolean known = recipient.equals("self") || recipient.equals("user") || tools.known(recipient);
        var verdict = ahead.verdict(known && ahead.next(MESSAGE));
        if (verdict == Verdict.MAYBE) return this;
        if (verdict == Verdict.NO) return before.afterText(opening, out);
        in.drop(ahead.position());
        return recipient.equals("self") ? thought.afterGap() : content.afterGap();
    }
}
