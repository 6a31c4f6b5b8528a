package dev.paddock.dialect.openai.responses;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Thoughts as {@code encrypted_content}, which clients send back unread. They are not secret, since the client has them
 * as text too; the mark tells them from those that another server encrypted.
 */
final class SealedThoughts {
    static final String FIELD = "encrypted_content";
    private static final String MARK = "paddock1:";

    private SealedThoughts() {}

    static String seal(String thoughts) {
        return MARK + Base64.getEncoder().encodeToString(thoughts.getBytes(StandardCharsets.UTF_8));
    }

    /** What was sealed; empty when it is not of ours. */
    static Optional<String> open(String sealed) {
        if (!sealed.startsWith(MARK)) return Optional.empty();
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed.substring(MARK.length()));
            return Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
