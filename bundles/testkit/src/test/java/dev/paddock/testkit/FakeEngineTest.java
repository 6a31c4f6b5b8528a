package dev.paddock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FakeEngineTest {
    private static final LoadOrder ORDER = new LoadOrder("fake", Path.of("fake"), "", 512, 0, 2, 1);

    private final FakeEngine engine = new FakeEngine();

    @Test
    void withoutAScriptItRepeatsTheLastUsersWords() {
        var model = engine.load(ORDER);
        String prompt = "<|im_start|>system\nBe kind<|im_end|>\n"
                + "<|im_start|>user\nGood day<|im_end|>\n<|im_start|>assistant\n";
        assertThat(answer(model, prompt)).isEqualTo("Good day");
        assertThat(engine.prompts()).containsExactly(prompt);
    }

    @Test
    void aCharacterOfManyTokensComesWhole() {
        var chunks = EngineContract.all(generate(engine.answer("a\ud83d\udc0eb").load(ORDER), "x"));
        assertThat(chunks.stream().filter(Chunk.Text.class::isInstance).map(c -> ((Chunk.Text) c).text()))
                .containsExactly("a", "", "", "", "\ud83d\udc0e", "b");
    }

    @Test
    void aStopTextEndsTheAnswerAndIsNotInIt() {
        var model = engine.answer("one two three").load(ORDER);
        var chunks = EngineContract.all(model.generate(new GenerationOrder(
                model.tokenize("x", true, true),
                Sampling.GREEDY,
                new Ending(-1, List.of("three", "two"), OptionalInt.empty()))));
        assertThat(EngineContract.text(chunks)).isEqualTo("one ");
        assertThat(((Chunk.End) chunks.getLast()).reason()).isEqualTo(StopReason.STOP);
    }

    @Test
    void controlTokensInAnAnswerPrintWhenShown() {
        var model = engine.answer("a<|im_start|>b two<|im_end|>c").load(ORDER);
        assertThat(answer(model, "x")).isEqualTo("ab two");
        var order = new GenerationOrder(
                model.tokenize("x", true, true),
                Sampling.GREEDY,
                new Ending(-1, List.of(" two"), OptionalInt.empty()),
                Optional.empty(),
                1,
                List.of(),
                "",
                List.of("<|im_start|>"));
        var chunks = EngineContract.all(model.generate(order));
        assertThat(EngineContract.text(chunks)).isEqualTo("a<|im_start|>b");
        assertThat(((Chunk.Text) chunks.get(1)).logprobs().getFirst().bytes()).hasSize("<|im_start|>".length());
    }

    @Test
    void aPlannedCrashFailsEveryOpenGenerationAndTheNextLoadWorks() {
        var model = engine.answer("abcdef").load(ORDER);
        var bystander = generate(model, "x");
        engine.crashNextAfter(2);
        var victim = generate(model, "x");
        victim.next();
        victim.next();
        EngineContract.assertFault(victim::next, Fault.RUNNER_DIED);
        EngineContract.assertFault(bystander::next, Fault.RUNNER_DIED);
        assertThat(engine.alive()).isZero();
        assertThat(answer(engine.load(ORDER), "x")).isEqualTo("abcdef");
    }

    @Test
    void aHeldGenerationWaitsForTheGateAndWakesWhenClosed() {
        var gate = engine.answer("abc").holdAfter(1);
        var generation = generate(engine.load(ORDER), "x");
        generation.next();
        var waiting = CompletableFuture.runAsync(() -> EngineContract.assertFault(generation::next, Fault.CANCELLED));
        gate.awaitArrival();
        generation.close();
        waiting.join();
        assertThat(engine.cancels()).isOne();
        assertThat(engine.running()).isZero();
    }

    @Test
    void aPlannedFailureHitsOneLoad() {
        engine.failNextLoad(Fault.LOAD_FAILED, "no");
        EngineContract.assertFault(() -> engine.load(ORDER), Fault.LOAD_FAILED);
        engine.load(ORDER).close();
        assertThat(engine.loads()).hasSize(2);
        assertThat(engine.closes()).isOne();
    }

    @Test
    void theUsersWordsDirectItWhereNoTestCanReachIt() {
        var model = engine.load(ORDER);
        assertThat(answer(model, "fake:say=hello")).isEqualTo("hello");
        var held = generate(model, "fake:hold=1\nfake:say=abc");
        held.next();
        var rest = CompletableFuture.supplyAsync(() -> EngineContract.text(EngineContract.all(held)));
        assertThat(answer(model, "fake:open")).isEqualTo("fake:open");
        assertThat(rest.join()).isEqualTo("bc");
        var dying = generate(model, "fake:crash=0");
        EngineContract.assertFault(dying::next, Fault.RUNNER_DIED);
    }

    private static Generation generate(LoadedModel model, String prompt) {
        return model.generate(EngineContract.greedy(model, prompt, -1));
    }

    private static String answer(LoadedModel model, String prompt) {
        return EngineContract.text(EngineContract.all(generate(model, prompt)));
    }
}
