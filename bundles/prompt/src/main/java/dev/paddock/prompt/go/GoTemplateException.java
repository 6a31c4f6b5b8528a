package dev.paddock.prompt.go;

/** A template could not be parsed or rendered. */
public class GoTemplateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GoTemplateException(String message) {
        super(message, null, false, false);
    }

    /** A failure at a place of the template. */
    static GoTemplateException at(Place place, String message) {
        return new GoTemplateException(place + ": " + message);
    }

    /** The template's text is wrong. The message begins with line and column. */
    public static final class Syntax extends GoTemplateException {
        private static final long serialVersionUID = 1L;

        private final transient Place place;

        Syntax(Place place, String message) {
            super(place + ": " + message);
            this.place = place;
        }

        /** Where it is wrong. */
        public Place place() {
            return place;
        }
    }
}
