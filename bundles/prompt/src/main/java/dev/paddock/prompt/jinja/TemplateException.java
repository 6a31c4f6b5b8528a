package dev.paddock.prompt.jinja;

/** A template could not be parsed or rendered. */
public class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TemplateException(String message) {
        super(message, null, false, false);
    }

    /** The template itself refuses its input: it called {@code raise_exception(message)}. */
    public static final class Raised extends TemplateException {
        private static final long serialVersionUID = 1L;

        Raised(String message) {
            super(message);
        }
    }

    /** The template's text is wrong. */
    public static final class Syntax extends TemplateException {
        private static final long serialVersionUID = 1L;

        private final transient Place place;

        Syntax(String message, Place place) {
            super(message + " (" + place + ")");
            this.place = place;
        }

        /** Where it is wrong. */
        public Place place() {
            return place;
        }
    }
}
