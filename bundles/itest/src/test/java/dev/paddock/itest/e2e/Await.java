package dev.paddock.itest.e2e;

import java.time.Duration;

/** Waits for something to become true: polls, because what is waited for is in another process. */
public final class Await {
    private Await() {}

    /** A question that may be asked again and again. */
    public interface Condition {
        /** Whether it holds now. */
        boolean holds() throws Exception;
    }

    /** Returns as soon as the condition holds; fails, saying what was awaited, after the limit. */
    public static void until(Duration limit, String what, Condition condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadline) throw new AssertionError("not within " + limit + ": " + what);
                Thread.sleep(20);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError("while waiting until " + what, e);
        }
    }
}
