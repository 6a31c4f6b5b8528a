package dev.paddock.prompt.jinja;

/**
 * A piece of a template.
 *
 * @param kind what it is
 * @param text its text; for a string what it means
 * @param value of a number
 * @param at where it stands
 */
record Token(Kind kind, String text, Object value, Place at) {
    enum Kind {
        DATA,
        PRINT_BEGIN,
        PRINT_END,
        TAG_BEGIN,
        TAG_END,
        NAME,
        STRING,
        NUMBER,
        OPERATOR,
        END
    }

    int line() {
        return at.line();
    }

    boolean operator(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }

    boolean name(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    String describe() {
        return switch (kind) {
            case END -> "end of template";
            case PRINT_END, TAG_END -> "end of tag";
            default -> text;
        };
    }
}
