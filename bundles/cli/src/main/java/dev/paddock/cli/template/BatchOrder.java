package dev.paddock.cli.template;

import dev.paddock.cli.http.Json;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * What a line asks for.
 *
 * @param kind language of the template
 * @param template its text
 * @param context what it is given: an object, for Go any value
 * @param now what it takes for the time; empty = it is now
 * @param lenient whether more is allowed than in Hugging Face's sandbox; only Jinja has one
 */
record BatchOrder(Kind kind, String template, Object context, Optional<LocalDateTime> now, boolean lenient) {
    /** A line that is not what it must be. */
    static final class WrongException extends Exception {
        private static final long serialVersionUID = 1L;

        WrongException(String message) {
            super(message);
        }
    }

    static BatchOrder read(byte[] line) throws WrongException {
        Object value;
        try {
            value = Json.value(line);
        } catch (JacksonException e) {
            throw new WrongException("the line is not JSON: " + e.getOriginalMessage());
        }
        if (!(value instanceof Map<?, ?> object)) throw new WrongException("the line must be a JSON object");
        Kind kind = kind(object.get("kind"));
        return new BatchOrder(kind, template(object), context(kind, object), now(object.get("now")), lenient(object));
    }

    private static Kind kind(Object word) throws WrongException {
        for (Kind kind : Kind.values()) if (kind.word().equals(word)) return kind;
        throw new WrongException("\"kind\" must be \"jinja\" or \"go\"");
    }

    private static String template(Map<?, ?> object) throws WrongException {
        if (object.get("template") instanceof String template) return template;
        throw new WrongException("\"template\" must be a string");
    }

    private static Object context(Kind kind, Map<?, ?> object) throws WrongException {
        Object context = object.get("context");
        if (context == null && (kind == Kind.JINJA || !object.containsKey("context"))) return Map.of();
        if (kind == Kind.JINJA && !(context instanceof Map)) throw new WrongException("\"context\" must be an object");
        return context;
    }

    private static Optional<LocalDateTime> now(Object time) throws WrongException {
        if (time == null) return Optional.empty();
        try {
            if (time instanceof String text) return Optional.of(LocalDateTime.parse(text));
        } catch (DateTimeParseException e) {
            throw wrongTime(e.getParsedString());
        }
        throw wrongTime(time);
    }

    private static WrongException wrongTime(Object time) {
        return new WrongException("\"now\" must be a time such as \"2026-01-15T14:05:09\", not " + time);
    }

    private static boolean lenient(Map<?, ?> object) throws WrongException {
        Object lenient = object.get("lenient");
        if (lenient == null || lenient instanceof Boolean) return Boolean.TRUE.equals(lenient);
        throw new WrongException("\"lenient\" must be true or false");
    }
}
