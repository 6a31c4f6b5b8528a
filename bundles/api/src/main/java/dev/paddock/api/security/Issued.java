package dev.paddock.api.security;

/**
 * A key that was just made, or got another secret.
 *
 * @param key as it is listed from now on
 * @param secret what its holder sends; told this once
 */
public record Issued(Key key, String secret) {
    /** Without the secret: texts end up in logs. */
    @Override
    public String toString() {
        return "Issued[" + key.id() + "]";
    }
}
