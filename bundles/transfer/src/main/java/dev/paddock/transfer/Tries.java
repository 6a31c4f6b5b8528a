package dev.paddock.transfer;

import dev.paddock.transfer.net.Backoff;
import dev.paddock.transfer.net.Pause;
import dev.paddock.transfer.net.RefusedException;
import dev.paddock.transfer.net.StalledException;
import dev.paddock.transfer.net.StatusException;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.util.Optional;

/** Counts the tries of one thing and waits between them. One thread. */
final class Tries {
    private final int most;
    private final int freeStalls;
    private final Backoff backoff;
    private final Pause pause;
    private int failures;
    private int stalls;

    /**
     * @param most tries in all
     * @param freeStalls how many connections that stand still are made anew at once, and do not count
     */
    Tries(int most, int freeStalls, Backoff backoff, Pause pause) {
        this.most = most;
        this.freeStalls = freeStalls;
        this.backoff = backoff;
        this.pause = pause;
    }

    /** What is tried. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    <T> T run(Work<T> work) throws IOException, InterruptedException {
        while (true) {
            try {
                return work.run();
            } catch (IOException e) {
                failed(e);
            }
        }
    }

    /** It got ahead: what failed before does not count any more. */
    void progressed() {
        failures = 0;
        stalls = 0;
    }

    /** Waits until it is time for another try; throws the failure when there is none. */
    void failed(IOException e) throws IOException, InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        if (!worthwhile(e)) throw e;
        if (e instanceof StalledException && ++stalls <= freeStalls) return;
        if (++failures >= most) {
            if (e instanceof StatusException || most == 1) throw e;
            throw new IOException("max retries exceeded: " + e.getMessage(), e);
        }
        Optional<String> asked = e instanceof StatusException status ? status.retryAfter() : Optional.empty();
        pause.sleep(backoff.after(failures, asked));
    }

    private static boolean worthwhile(IOException e) {
        return switch (e) {
            case RefusedException _, WrongAnswerException _ -> false;
            case StatusException status -> status.passing();
            default -> true;
        };
    }
}
