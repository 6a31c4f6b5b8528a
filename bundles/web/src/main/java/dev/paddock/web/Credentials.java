package dev.paddock.web;

import dev.paddock.api.security.Keys;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a request shows to prove who sends it, in the ways of all APIs: {@code Authorization: Bearer}, {@code x-api-key},
 * {@code x-goog-api-key}, and {@code ?key=} where that is a key of ours.
 *
 * @param shown a key or ticket of ours if there is one, else whatever was shown; empty when nothing was
 */
record Credentials(Optional<String> shown) {
    private static final String BEARER = "Bearer ";
    private static final int LONGEST = 200;

    static Credentials of(HttpServletRequest request) {
        List<String> all = new ArrayList<>();
        bearer(request).ifPresent(all::add);
        for (String header : List.of("x-api-key", "x-goog-api-key")) {
            String value = request.getHeader(header);
            if (value != null && !value.isBlank()) all.add(value.strip());
        }
        // Others may have a parameter of that name: only what is ours counts. The body is not looked into.
        query(request).filter(Credentials::ours).ifPresent(all::add);
        return new Credentials(
                all.stream().filter(Credentials::ours).findFirst().or(() -> all.stream()
                        .findFirst()));
    }

    /** What follows {@code Bearer} (RFC 6750). */
    static Optional<String> bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        boolean bearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return Optional.ofNullable(bearer ? header.substring(BEARER.length()).strip() : null)
                .filter(text -> !text.isEmpty());
    }

    /** A key or ticket of this server's form: clients that must send something to a server without keys send other texts. */
    Optional<String> secret() {
        return shown.filter(Credentials::ours);
    }

    private static boolean ours(String text) {
        return text.length() <= LONGEST && (text.startsWith(Keys.KEY) || text.startsWith(Keys.TICKET));
    }

    private static Optional<String> query(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query == null) return Optional.empty();
        for (String part : query.split("&")) {
            if (part.startsWith("key=")) return decoded(part.substring("key=".length()));
        }
        return Optional.empty();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without what was shown: texts end up in logs. */
    @Override
    public String toString() {
        return "Credentials[" + (shown.isPresent() ? "shown" : "none") + "]";
    }
}
