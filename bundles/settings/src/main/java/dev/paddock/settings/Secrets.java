package dev.paddock.settings;

import dev.paddock.api.settings.Declaration;
import java.util.Arrays;
import java.util.regex.Pattern;

/** What of a value may be seen: neither what is declared a secret, nor the password in an address. */
final class Secrets {
    private static final String HIDDEN = "***";
    private static final Pattern CREDENTIALS = Pattern.compile("(://)[^/@\\s]+@");

    private Secrets() {}

    /** The value with everything hidden that is secret in it. */
    static Object shown(Declaration declared, Object value) {
        if (declared.secret()) return value == null || value.equals("") ? value : HIDDEN;
        return switch (value) {
            case String text -> hidden(text);
            case String[] texts -> Arrays.stream(texts).map(Secrets::hidden).toArray(String[]::new);
            case null, default -> value;
        };
    }

    /** Whether something of it must not be seen. */
    static boolean in(Declaration declared, Object value) {
        return !TypedValue.same(shown(declared, value), value);
    }

    private static String hidden(String text) {
        return CREDENTIALS.matcher(text).replaceAll("$1" + HIDDEN + "@");
    }
}
