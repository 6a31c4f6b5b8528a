package dev.paddock.prompt.jinja;

/** A template could not be parsed or rendered; the message begins with the line. */
public class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 500;
    private static final int LONGEST_RAISED = 10_000;

    TemplateException(String message) {
        this(message, LONGEST);
    }

    /** A failure while a line is run. */
    static TemplateException at(int line, TemplateException why) {
        return new TemplateException("line " + line + ": " + why.getMessage(), Integer.MAX_VALUE);
    }

    private TemplateException(String message, int longest) {
        super(shortened(message, longest), null, false, false);
    }

    private static String shortened(String message, int longest) {
        if (message.length() <= longest) return message;
        return message.substring(0, longest) + "... (" + message.length() + " characters)";
    }

    /** The template itself refuses its input: it called {@code raise_exception(message)}. The message is only that. */
    public static final class Raised extends TemplateException {
        private static final long serialVersionUID = 1L;

        Raised(String message) {
            super(message, LONGEST_RAISED);
        }
    }

    /** The template's text is wrong. */
    public static final class Syntax extends TemplateException {
        private static final long serialVersionUID = 1L;

        private final transient Place place;

        Syntax(String message, Place place) {
            super(place + ": " + message);
            this.place = place;
        }

        /** Where it is wrong. */
        public Place place() {
            return place;
        }
    }
}
