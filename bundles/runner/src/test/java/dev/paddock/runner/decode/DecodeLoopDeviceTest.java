package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.cache.CacheSettings;
import dev.paddock.runner.cache.PrefixCache;
import dev.paddock.runner.cache.Rewind;
import dev.paddock.runner.llama.Adapters;
import dev.paddock.runner.llama.Backends;
import dev.paddock.runner.llama.Context;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.llama.SequenceState;
import dev.paddock.runner.protocol.Message;
import dev.paddock.runner.speculate.Drafters;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A loop in this process: which thread does what. */
@Timeout(60)
class DecodeLoopDeviceTest {
    private static final CacheSettings NO_TIERS = new CacheSettings(0, 0, null, "test", message -> {});

    /** @param by the thread that sent it */
    private record Told(Message.FromRunner message, Thread by) {}

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

    @Test
    void grammarsAreReadByNeitherTheDecodeThreadNorTheOneThatHears() throws Exception {
        RealThings.assumeThere();
        NativeLog log = new NativeLog((level, line) -> {});
        Natives.open(RealThings.NATIVES);
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        DecodeLoop loop;
        Backends backends = Backends.load(RealThings.NATIVES, List.of(cpu), log);
        try (Model model = Model.load(RealThings.MODEL, log, fraction -> true);
                Context context = new Context(model, backends, new Context.Order(256, 128, 128, 2, 1), log)) {
            SequenceState memory = new SequenceState(context, true);
            var cache = new PrefixCache(memory, Rewind.ANYWHERE, NO_TIERS);
            try (var engine =
                    new Engine(model, context, memory, cache, new Drafters(false), new Adapters(model, context, log))) {
                loop = new DecodeLoop(engine, message -> told.add(new Told(message, Thread.currentThread())));
                check(loop);
            }
        }
        assertThatCode(loop::stop).as("whoever stops it may be late").doesNotThrowAnyException();
    }

    private void check(DecodeLoop loop) throws Exception {
        Thread decoding = Thread.ofPlatform().start(() -> {
            try {
                loop.run();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        loop.submit(order(1, Optional.empty()));
        answeredBy(decoding);
        loop.submit(order(2, Optional.of("root ::= missing")));
        Told refused = told.take();
        assertThat(refused.message()).isInstanceOf(Message.Failed.class);
        assertThat(refused.by()).as("who read the grammar").isNotIn(decoding, Thread.currentThread());
        loop.submit(order(3, Optional.of("root ::= \"yes\"")));
        answeredBy(decoding);
        loop.stop();
        decoding.join();
    }

    private void answeredBy(Thread decoding) throws InterruptedException {
        Told last;
        do {
            last = told.take();
            assertThat(last.by()).as("who answers").isSameAs(decoding);
        } while (last.message() instanceof Message.Chunk);
        assertThat(last.message()).isInstanceOf(Message.End.class);
    }

    private static Message.Generate order(long id, Optional<String> grammar) {
        var order = new GenerationOrder(
                new int[] {10, 11, 12}, Sampling.GREEDY, Ending.after(4), grammar, -1, List.of(), "");
        return new Message.Generate(id, order, 0);
    }
}
