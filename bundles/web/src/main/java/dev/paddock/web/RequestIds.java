package dev.paddock.web;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Request ids: some random digits for this run of the server, and a number. */
final class RequestIds {
    private final String run = random();
    private final AtomicLong last = new AtomicLong();

    String next() {
        return run + "-" + last.incrementAndGet();
    }

    private static String random() {
        byte[] bytes = new byte[4];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
