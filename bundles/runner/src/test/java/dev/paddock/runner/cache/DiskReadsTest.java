package dev.paddock.runner.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DiskReadsTest {
    private static final Duration NEVER = Duration.ofHours(1);

    private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<SavedState> made = new LinkedBlockingQueue<>();
    private final Semaphore permits = new Semaphore(0);
    private final Semaphore news = new Semaphore(0);
    private DiskReads reads = new DiskReads(this::read, warnings::add, NEVER);

    /** A disk that answers when the test says so. */
    private SavedState read(DiskTier.Stored stored) {
        begun.add(stored.file().toString());
        permits.acquireUninterruptibly();
        if (stored.file().toString().contains("damaged")) return null;
        SavedState state = SavedState.room(8);
        made.add(state);
        return state;
    }

    private Fetch fetch(String file, long bytes) {
        return reads.fetch(new DiskTier.Stored(new byte[0], new int[] {1}, bytes, Path.of(file)), news::release);
    }

    @AfterEach
    void nothingLeaks() {
        permits.release(1000);
        reads.close();
        assertThat(reads.held()).isZero();
        assertThat(made).allMatch(state -> !state.bytes().scope().isAlive());
    }

    @Test
    void nobodyWaitsForTheDiskButWhoAsked() throws InterruptedException {
        Fetch fetch = fetch("a", 8);
        assertThat(begun.take()).as("it is being read").isEqualTo("a");
        assertThat(fetch.over()).as("and this thread goes on").isFalse();
        permits.release();
        news.acquire();
        assertThat(fetch.over()).isTrue();
        assertThat(fetch.found()).isTrue();
        try (SavedState state = fetch.take()) {
            assertThat(state).isSameAs(made.peek());
        }
        assertThat(fetch.take()).as("once").isNull();
    }

    @Test
    void theSameStateIsReadOnceForAllThatWantIt() throws InterruptedException {
        Fetch first = fetch("a", 8);
        Fetch second = fetch("a", 8);
        permits.release(2);
        news.acquire();
        second.close();
        assertThat(first.found()).as("the other still wants it").isTrue();
        first.take().close();
        assertThat(begun).containsExactly("a");
    }

    @Test
    void whoGoesAwayLeavesNothingBehindWheneverThatIs() throws InterruptedException {
        Fetch reading = fetch("a", 8);
        begun.take();
        Fetch inLine = fetch("b", 8);
        inLine.close();
        reading.close();
        Fetch last = fetch("c", 8);
        permits.release(2);
        news.acquire(2);
        assertThat(begun).as("b was never read").containsExactly("c");
        assertThat(last.found()).isTrue();
        last.close();
        assertThat(reads.held()).isZero();
        assertThat(made).hasSize(2).allMatch(state -> !state.bytes().scope().isAlive());
    }

    @Test
    void aDamagedOneIsOverAndHoldsNothing() throws InterruptedException {
        Fetch fetch = fetch("damaged", 8);
        permits.release();
        news.acquire();
        assertThat(fetch.over()).isTrue();
        assertThat(fetch.found()).isFalse();
        assertThat(fetch.take()).isNull();
        assertThat(reads.held()).isZero();
        assertThat(warnings).isEmpty();
    }

    @Test
    void whatIsReadAheadIsBounded() throws InterruptedException {
        permits.release(3);
        Fetch large = fetch("large", 3L << 30);
        Fetch next = fetch("next", 8);
        news.acquire();
        assertThat(large.found()).as("one may be larger than the bound").isTrue();
        assertThat(next.over()).isFalse();
        assertThat(begun).containsExactly("large");
        large.take().close();
        news.acquire();
        assertThat(next.found()).isTrue();
        next.close();
    }

    @Test
    void aDiskThatDoesNotAnswerIsGivenUpAndNotAskedAgain() throws InterruptedException {
        reads.close();
        reads = new DiskReads(this::read, warnings::add, Duration.ofNanos(1));
        Fetch fetch = fetch("a", 8);
        begun.take();
        assertThat(fetch.over()).isTrue();
        assertThat(fetch.take()).isNull();
        assertThat(warnings).singleElement().asString().contains("its prompt is computed");
        assertThat(fetch("b", 8)).isSameAs(Fetch.NOTHING);
        permits.release();
        news.acquire();
        assertThat(made).allMatch(state -> !state.bytes().scope().isAlive());
    }

    @Test
    void closingFreesWhatWasReadAndNotTaken() throws InterruptedException {
        Fetch read = fetch("a", 8);
        permits.release();
        news.acquire();
        reads.close();
        assertThat(read.found()).isFalse();
        assertThat(fetch("b", 8)).isSameAs(Fetch.NOTHING);
    }
}
