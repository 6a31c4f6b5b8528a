package dev.paddock.prompt.go;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text as written; of an error what is wrong
 * @param at index of its first character in the source
 */
record Token(Kind kind, String text, int at) {
    enum Kind {
        TEXT,
        LEFT,
        RIGHT,
        SPACE,
        FIELD,
        VARIABLE,
        NAME,
        KEYWORD,
        DOT,
        BOOL,
        NUMBER,
        CHARACTER,
        STRING,
        PIPE,
        OPEN,
        CLOSE,
        DECLARE,
        ASSIGN,
        OTHER,
        ERROR,
        END
    }

    boolean keyword(String word) {
        return kind == Kind.KEYWORD && text.equals(word);
    }

    String describe() {
        return switch (kind) {
            case END -> "end of template";
            case RIGHT -> "\"}}\"";
            default -> "\"" + text + "\"";
        };
    }
}
