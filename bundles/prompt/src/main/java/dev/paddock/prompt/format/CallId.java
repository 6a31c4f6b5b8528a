package dev.paddock.prompt.format;

import java.util.concurrent.ThreadLocalRandom;

/** Names of calls, as clients know them. */
public final class CallId {
    private static final String CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 8;

    private CallId() {}

    /** For example {@code call_x7f3k2m9}. */
    public static String random() {
        StringBuilder id = new StringBuilder("call_");
        var random = ThreadLocalRandom.current();
        for (int i = 0; i < LENGTH; i++) id.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        return id.toString();
    }
}
