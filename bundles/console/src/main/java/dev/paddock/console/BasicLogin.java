package dev.paddock.console;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * User and password as a browser sends them (RFC 7617).
 *
 * @param user the name
 * @param password in the clear
 */
record BasicLogin(String user, String password) {
    private static final String SCHEME = "Basic ";
    private static final int LONGEST = 2000;

    /**
     * Reads the header {@code Authorization}; empty when it holds something else.
     *
     * @param header may be null
     */
    static Optional<BasicLogin> of(String header) {
        if (header == null || header.length() > LONGEST) return Optional.empty();
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) return Optional.empty();
        try {
            byte[] decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            String text = new String(decoded, StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new BasicLogin(text.substring(0, colon), text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Without the password: records are written to logs. */
    @Override
    public String toString() {
        return "login of " + user;
    }
}
