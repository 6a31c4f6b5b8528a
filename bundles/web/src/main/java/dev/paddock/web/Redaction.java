package dev.paddock.web;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes secrets out of what is kept of requests. */
final class Redaction {
    private static final String HIDDEN = "***";
    private static final Set<String> HEADERS =
            Set.of("authorization", "proxy-authorization", "x-api-key", "x-goog-api-key", "cookie", "set-cookie");
    /** Our keys and tickets wherever they stand, and those of others that look like keys. */
    private static final Pattern KEYS = Pattern.compile("\\b(pk|pt|sk)-[A-Za-z0-9_-]{16,}");

    private static final Pattern QUERY =
            Pattern.compile("(^|&)((?:api_?)?key|token|access_token)=[^&]*", Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    static String header(String name, String value) {
        return HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? HIDDEN : text(value);
    }

    static String query(String query) {
        return text(QUERY.matcher(query).replaceAll("$1$2=" + HIDDEN));
    }

    static String text(String text) {
        return KEYS.matcher(text).replaceAll("$1-" + HIDDEN);
    }
}
