package dev.paddock.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which web pages may call the server: its own, those of this machine, and those that the operator names. */
final class OriginCheck {
    private static final List<String> LOCAL_HOSTS = List.of("localhost", "127.0.0.1", "0.0.0.0");
    private static final List<String> APPS =
            List.of("app://*", "file://*", "tauri://*", "vscode-webview://*", "vscode-file://*");

    private final List<Pattern> allowed = new ArrayList<>();
    private final boolean everybody;

    /**
     * @param more origins allowed besides the usual ones; one {@code *} in each stands for any text
     * @throws IllegalArgumentException for an entry with more than one {@code *}
     */
    OriginCheck(List<String> more) {
        List<String> entries = new ArrayList<>(more);
        for (String host : LOCAL_HOSTS) {
            allowed.add(Pattern.compile("https?://" + Pattern.quote(host) + "(:[0-9]{1,5})?"));
        }
        entries.addAll(APPS);
        entries.forEach(e -> allowed.add(pattern(e)));
        everybody = more.contains("*");
    }

    /** Whether an origin is on the list. */
    boolean allows(String origin) {
        return allowed.stream()
                .anyMatch(p -> p.matcher(origin.toLowerCase(Locale.ROOT)).matches());
    }

    /** Whether the origin is the server itself. */
    static boolean same(String origin, String host) {
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
    }

    /** What {@code Access-Control-Allow-Origin} says to an allowed origin. */
    String answer(String origin) {
        return everybody ? "*" : origin;
    }

    private static Pattern pattern(String entry) {
        String[] parts = entry.toLowerCase(Locale.ROOT).split("\\*", -1);
        if (parts.length > 2) throw new IllegalArgumentException("only one * is allowed in the origin " + entry);
        String regex = Pattern.quote(parts[0]) + (parts.length == 2 ? ".*" + Pattern.quote(parts[1]) : "");
        return Pattern.compile(regex);
    }
}
