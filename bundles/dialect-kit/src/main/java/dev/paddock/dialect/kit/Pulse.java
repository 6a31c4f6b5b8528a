package dev.paddock.dialect.kit;

import java.io.IOException;
import java.time.Duration;

/** Keeps a stream's client from taking silence for the end: sends its head soon, and pings. */
final class Pulse implements AutoCloseable {
    /** Long enough for nearly all failures before the first piece, and for the first piece of a short prompt. */
    private static final long HEAD_AFTER_MILLIS = 200;

    private final AnswerStream stream;
    private final Thread thread;

    /** @param interval between two pings; zero = none */
    Pulse(AnswerStream stream, Duration interval) {
        this.stream = stream;
        long silence = interval.isZero() ? Long.MAX_VALUE / 4 : interval.toNanos();
        this.thread = Thread.ofVirtual().name("pulse").start(() -> run(silence));
    }

    private void run(long silence) {
        try {
            Thread.sleep(HEAD_AFTER_MILLIS);
            for (long next = stream.beat(silence); next > 0; next = stream.beat(silence)) {
                Thread.sleep(Duration.ofNanos(next));
            }
        } catch (InterruptedException | IOException e) {
            // Closed, or the client is gone, which others notice too.
            stream.over();
        }
    }

    @Override
    public void close() {
        stream.over();
        thread.interrupt();
    }
}
