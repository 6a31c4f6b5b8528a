package dev.paddock.prompt.jinja;

/**
 * A piece of a template.
 *
 * @param type what it is
 * @param text its text; for a string what it means
 * @param value of a number
 * @param line where it stands, from 1
 */
record Token(Type type, String text, Object value, int line) {
    enum Type {
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

    boolean operator(String operator) {
        return type == Type.OPERATOR && text.equals(operator);
    }

    boolean name(String name) {
        return type == Type.NAME && text.equals(name);
    }

    String describe() {
        return switch (type) {
            case END -> "end of template";
            case PRINT_END, TAG_END -> "end of tag";
            default -> text;
        };
    }
}
