package dev.paddock.prompt.format;

/** The start of an answer, where a thought may begin: white space before it is not part of any text. */
final class StartStretch implements Stretch {
    private final String open;
    private final TextStretch thought;
    private final TextStretch content;
    /** Some models repeat the opening mark although the prompt has it. */
    private boolean opened;

    /**
     * The start.
     *
     * @param open what begins a thought
     * @param opened whether the prompt did so already
     */
    StartStretch(String open, boolean opened, TextStretch thought, TextStretch content) {
        this.open = open;
        this.opened = opened;
        this.thought = thought;
        this.content = content;
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        int blanks = in.blanks();
        if (opened) {
            in.drop(blanks);
            blanks = 0;
        }
        if (in.startsWith(open, blanks)) {
            in.drop(blanks + open.length());
            opened = true;
            return this.read(in, out);
        }
        if (!in.ended() && (blanks == in.length() || in.mayStartWith(open, blanks))) return this;
        return opened ? thought : content;
    }
}
