package dev.paddock.transfer.auth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a registry wants to see, from {@code WWW-Authenticate}. */
sealed interface Challenge {
    /** A user's name and password. */
    record Basic() implements Challenge {}

    /**
     * A token from somewhere.
     *
     * @param realm where
     * @param service for which service; may be empty
     * @param scope for what, by blanks; may be empty
     */
    record Bearer(URI realm, String service, String scope) implements Challenge {
        /** @param more parameters, in order */
        URI tokenAddress(Map<String, String> more) {
            var query = new StringBuilder(realm.getRawQuery() == null ? "" : realm.getRawQuery());
            if (!service.isEmpty()) add(query, "service", service);
            for (String each : scope.split(" ")) if (!each.isEmpty()) add(query, "scope", each);
            more.forEach((name, value) -> add(query, name, value));
            String base = realm.toString().replaceAll("[?#].*", "");
            return URI.create(query.isEmpty() ? base : base + "?" + query);
        }

        private static void add(StringBuilder query, String name, String value) {
            if (!query.isEmpty()) query.append('&');
            query.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    Pattern PARAMETER =
            Pattern.compile("\\G[\\s,]*([A-Za-z0-9_.-]{1,64})\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+))");

    /** Reads one header; nothing for other schemes and for what is not readable. */
    static Optional<Challenge> parse(String header) {
        String text = header.strip();
        int blank = text.indexOf(' ');
        String scheme = (blank < 0 ? text : text.substring(0, blank)).toLowerCase(Locale.ROOT);
        if (scheme.equals("basic")) return Optional.of(new Basic());
        if (!scheme.equals("bearer") || blank < 0) return Optional.empty();
        Map<String, String> parameters = new HashMap<>();
        var found = PARAMETER.matcher(text.substring(blank));
        while (found.find()) {
            String quoted = found.group(2);
            String value = quoted == null ? found.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(found.group(1).toLowerCase(Locale.ROOT), value);
        }
        try {
            URI realm = URI.create(parameters.getOrDefault("realm", ""));
            return Optional.of(
                    new Bearer(realm, parameters.getOrDefault("service", ""), parameters.getOrDefault("scope", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
