package dev.paddock.cli.template;

/** What became of one template. */
sealed interface Outcome {
    /** It was rendered. */
    record Text(String text) implements Outcome {}

    /** It was not. */
    record Failed(Why why, String message) implements Outcome {}

    /** Whose fault it is. */
    enum Why {
        /** The line is not what it must be. */
        INPUT("input"),
        /** The template's text is wrong. */
        SYNTAX("syntax"),
        /** The template failed, or did too much. */
        RUNTIME("runtime"),
        /** The template itself refuses its input. */
        RAISE("raise");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        /** How it is said in JSON. */
        String word() {
            return word;
        }
    }
}
