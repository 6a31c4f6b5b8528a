package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.sampling.ShownTokens;
import dev.paddock.runner.sampling.TokenChoice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class PreparationTest {
    private final Requests requests = new Requests();
    private final BlockingQueue<Message.FromRunner> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> begun = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> makers = new LinkedBlockingQueue<>();
    /** One permit for each sequence that may be made. */
    private final Semaphore permits = new Semaphore(0);

    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final Preparation preparation =
            new Preparation(requests, this::make, new Answers(null, null, null, told::add));

    /** Samplers of which only the number counts. */
    private final class Choice implements TokenChoice {
        @Override
        public void replay(int[] tokens, int from, int to, int answerFrom) {}

        @Override
        public int sample(Context context, int index) {
            return 0;
        }

        @Override
        public Logprob logprob() {
            return null;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private Sequence make(Request request) {
        makers.add(Thread.currentThread());
        begun.add(request.id());
        permits.acquireUninterruptibly();
        if (request.id() >= 100) throw new LlamaException(Fault.INVALID_REQUEST, "grammar " + request.id());
        made.incrementAndGet();
        return new Sequence(request, new Choice(), 100, ShownTokens.NONE);
    }

    @AfterEach
    void nothingLeaks() {
        permits.release(1000);
        preparation.close();
        assertThat(closed).as("closed of those that were made").hasValue(made.get());
    }

    private void add(long id, boolean slow) {
        requests.add(new Message.Generate(id, order(), 0), slow);
    }

    private static GenerationOrder order() {
        return new GenerationOrder(new int[5], Sampling.GREEDY, Ending.after(-1));
    }

    /** The next that may have a seat, waited for; as long as nobody disturbs. */
    private Request next() throws InterruptedException {
        Request next = requests.poll();
        while (next == null) {
            requests.awaitOne();
            next = requests.poll();
        }
        return next;
    }

    @Test
    void aGrammarIsMadeByAnotherThreadWhileOthersGoFirst() throws InterruptedException {
        preparation.start();
        add(1, true);
        add(2, false);
        assertThat(begun.take()).isEqualTo(1);
        assertThat(next().id()).as("does not wait behind the grammar").isEqualTo(2);
        assertThat(requests.poll()).isNull();
        permits.release();
        Request slow = next();
        assertThat(slow.id()).isEqualTo(1);
        assertThat(makers.take()).isNotSameAs(Thread.currentThread());
        slow.takeSequence().close();
        assertThat(slow.takeSequence()).isNull();
    }

    @Test
    void whatIsReadyKeepsItsPlaceInTheLine() throws InterruptedException {
        preparation.start();
        add(1, true);
        add(2, true);
        permits.release(1);
        assertThat(begun.take()).isEqualTo(1);
        assertThat(begun.take()).as("one after the other").isEqualTo(2);
        add(3, false);
        Request first = next();
        assertThat(first.id()).as("came before 3, and is ready").isEqualTo(1);
        assertThat(next().id()).isEqualTo(3);
        first.close();
    }

    @Test
    void aCancelIsHeardWhileItIsMadeAndNothingIsLeft() throws InterruptedException {
        preparation.start();
        add(1, true);
        add(2, true);
        begun.take();
        assertThat(requests.ran(requests.cancel(1))).isFalse();
        assertThat(requests.cancel(2).cancelled()).as("before its turn came").isTrue();
        assertThat(requests.waiting()).isZero();
        add(3, true);
        permits.release(2);
        Request other = next();
        assertThat(other.id()).isEqualTo(3);
        assertThat(begun).as("2 was never made").containsExactly(3L);
        assertThat(closed).hasValue(1);
        other.close();
        assertThat(told).as("whoever cancelled answers").isEmpty();
    }

    @Test
    void whatWasMadeAndIsCancelledBeforeItHasASeatIsClosed() throws InterruptedException {
        preparation.start();
        add(1, true);
        permits.release();
        requests.awaitOne(); // the disturbance of its coming
        while (requests.poll() == null) requests.awaitOne();
        requests.cancel(1).close();
        assertThat(closed).hasValue(1);
    }

    @Test
    void anOrderThatCannotBeMadeIsAnsweredAndTheNextIsMade() throws InterruptedException {
        preparation.start();
        add(100, true);
        add(1, true);
        permits.release(2);
        Message.Failed failed = (Message.Failed) told.take();
        assertThat(failed.id()).isEqualTo(100);
        assertThat(failed.code()).isEqualTo(Fault.INVALID_REQUEST);
        assertThat(failed.message()).isEqualTo("grammar 100");
        Request good = next();
        assertThat(good.id()).isEqualTo(1);
        good.close();
    }

    @Test
    void anOrderThatIsCancelledAndThenFailsIsAnsweredOnce() throws InterruptedException {
        preparation.start();
        add(100, true);
        add(1, true);
        begun.take();
        requests.cancel(100);
        permits.release(2);
        next().close();
        assertThat(told).isEmpty();
    }

    @Test
    void fewAreMadeBeforeThereIsASeat() throws InterruptedException {
        permits.release(1000);
        for (int i = 0; i < 20; i++) add(i, true);
        preparation.start();
        for (int i = 0; i < 8; i++) assertThat(begun.take()).isEqualTo(i);
        Request first = next();
        assertThat(begun.poll(10, TimeUnit.SECONDS)).as("a seat was given").isEqualTo(8);
        first.close();
        preparation.close();
        assertThat(made.get()).isLessThanOrEqualTo(9);
    }

    @Test
    void onlyGrammarsBreakersAndAdaptersTakeLong() {
        assertThat(Preparation.slow(order())).isFalse();
        assertThat(Preparation.slow(new GenerationOrder(
                        new int[5], Sampling.GREEDY, Ending.after(-1), Optional.of("root ::= .*"), -1, List.of(), "")))
                .isTrue();
        var adapters = List.of(new Adapter(Path.of("a"), 1));
        assertThat(Preparation.slow(new GenerationOrder(
                        new int[5], Sampling.GREEDY, Ending.after(-1), Optional.empty(), -1, adapters, "")))
                .isTrue();
        var dry = new Sampling(
                0,
                Sampling.Temperature.of(0),
                Sampling.Cutoffs.OFF,
                Sampling.Penalties.OFF,
                new Sampling.Dry(1, 1.75f, 2, -1, List.of("\n")),
                Sampling.Xtc.OFF,
                Sampling.Mirostat.OFF,
                List.of(),
                false);
        assertThat(Preparation.slow(new GenerationOrder(new int[5], dry, Ending.after(-1))))
                .isTrue();
    }
}
