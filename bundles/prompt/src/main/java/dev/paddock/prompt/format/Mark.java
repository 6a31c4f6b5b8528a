package dev.paddock.prompt.format;

/**
 * A text that ends a stretch of text.
 *
 * @param text what the model writes, for example {@code </think>}
 * @param next what comes behind it
 */
record Mark(String text, Next next) {
    /** What reads on behind a mark. */
    interface Next {
        /**
         * The stretch behind the mark.
         *
         * @param opening the mark with the white space before it, which comes back as text if this was none
         * @param from the text that it stood in
         */
        Stretch behind(String opening, TextStretch from);
    }

    /** A mark that is dropped; the text goes on behind it and the white space around it. */
    static Mark dropped(String text) {
        return new Mark(text, (opening, from) -> from.afterGap());
    }
}
