package dev.paddock.modelfile.convert.vocab;

/** What a token is for; the numbers are those of SentencePiece and of GGUF. */
enum TokenType {
    NORMAL(1),
    UNKNOWN(2),
    /** Steers, and is never in a text. */
    CONTROL(3),
    /** Found in a text before anything else is. */
    USER_DEFINED(4),
    UNUSED(5),
    BYTE(6);

    private final int id;

    TokenType(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }
}
