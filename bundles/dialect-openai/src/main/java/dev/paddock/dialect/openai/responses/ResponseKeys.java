package dev.paddock.dialect.openai.responses;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What makes the ids of responses unique. They cannot be guessed, since who knows one can go on from it. */
public final class ResponseKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 20;

    private ResponseKeys() {}

    /** A new one: 40 hexadecimal digits. */
    public static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
