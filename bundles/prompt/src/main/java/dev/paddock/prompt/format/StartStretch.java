package dev.paddock.prompt.format;

import java.util.List;

/** The start of an answer, where a thought may begin: white space before it is not part of any text. */
final class StartStretch implements Stretch {
    private final List<String> opens;
    private final String close;
    private final TextStretch thought;
    private final Stretch content;
    /** Some models repeat the opening mark although the prompt has it. */
    private boolean opened;
    /** Some models end a thought that nobody began, to say that there is none. */
    private boolean closed;

    /**
     * The start.
     *
     * @param opens what may begin a thought
     * @param close what ends it
     * @param opened whether the prompt did so already
     */
    StartStretch(List<String> opens, String close, boolean opened, TextStretch thought, Stretch content) {
        this.opens = opens;
        this.close = close;
        this.opened = opened;
        this.thought = thought;
        this.content = content;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        while (true) {
            int blanks = in.blanks();
            if (opened || closed) {
                in.drop(blanks);
                blanks = 0;
            }
            if (!opened && in.startsWith(close, blanks)) {
                in.drop(blanks + close.length());
                closed = true;
                continue;
            }
            String open = open(in, blanks);
            if (open == null) return waits(in, blanks) ? this : opened ? thought : content;
            in.drop(blanks + open.length());
            opened = true;
        }
    }

    private String open(Input in, int index) {
        for (String open : opens) {
            if (in.startsWith(open, index)) return open;
        }
        return null;
    }

    private boolean waits(Input in, int blanks) {
        if (in.ended()) return false;
        boolean closes = !opened && in.mayStartWith(close, blanks);
        return closes || blanks == in.length() || opens.stream().anyMatch(open -> in.mayStartWith(open, blanks));
    }
}
