package dev.paddock.dialect.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.Usage;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ChoicesTest {
    private final InFlight inFlight = new InFlight();
    private final Errand errand = new Errand("e", inFlight);

    @AfterEach
    void close() {
        errand.close();
        assertThat(inFlight.count()).isZero();
    }

    private static Supplier<EventStream> answer(ScriptedInference inference) {
        var request = new CompletionRequest(
                "tiny",
                "",
                Optional.empty(),
                true,
                List.of(),
                Think.UNSET,
                AnswerForm.FREE,
                Options.NONE,
                Optional.empty());
        return () -> inference.complete(request, Asker.LOCAL);
    }

    private static ScriptedInference saying(String text) {
        return new ScriptedInference().say(text).end(StopReason.STOP);
    }

    @Test
    void eachAnswerIsPutTogetherByItself() {
        var calls = IntStream.range(0, Choices.MOST)
                .mapToObj(index -> answer(saying("answer " + index)))
                .toList();
        try (var choices = Choices.open(errand, calls, 2)) {
            assertThat(choices.whole())
                    .extracting(WholeAnswer::content)
                    .containsExactlyElementsOf(IntStream.range(0, Choices.MOST)
                            .mapToObj(index -> "answer " + index)
                            .toList());
        }
    }

    /** One place, as in a model without parallel sequences: who waits for it must not wait for who holds it. */
    @Test
    void moreAnswersThanPlacesEndAllTheSame() {
        Semaphore place = new Semaphore(1);
        var calls = IntStream.range(0, 9)
                .mapToObj(index -> answer(saying("x".repeat(index))))
                .map(call -> placed(place, call))
                .toList();
        try (var choices = Choices.open(errand, calls, 9)) {
            assertThat(choices.whole()).hasSize(9);
        }
        assertThat(place.availablePermits()).isEqualTo(1);
    }

    private static Supplier<EventStream> placed(Semaphore place, Supplier<EventStream> call) {
        return () -> {
            place.acquireUninterruptibly();
            EventStream stream = call.get();
            var held = new AtomicBoolean(true);
            return (EventStream) Proxy.newProxyInstance(
                    EventStream.class.getClassLoader(), new Class<?>[] {EventStream.class}, (_, method, arguments) -> {
                        if (method.getName().equals("close") && held.getAndSet(false)) place.release();
                        return method.invoke(stream, arguments);
                    });
        };
    }

    @Test
    void thoseWithTheSamePromptBeginWhenTheFirstHasComputedIt() {
        var first = new ScriptedInference();
        var second = saying("b");
        try (var choices = Choices.open(errand, List.of(answer(first), answer(second)), 2)) {
            assertThat(second.asked).isEmpty();
            first.say("a");
            assertThat(choices.next().index()).isZero();
            first.end(StopReason.STOP);
            assertThat(choices.whole()).extracting(WholeAnswer::content).containsExactly("", "b");
        }
    }

    @Test
    void oneThatFailsEndsTheOthers() {
        var waits = new ScriptedInference().say("a");
        var fails = new ScriptedInference().fail(Fault.RUNNER_DIED, "the runner died");
        try (var choices = Choices.open(errand, List.of(answer(waits), answer(fails)), 1)) {
            assertThatThrownBy(choices::whole)
                    .isInstanceOf(PaddockException.class)
                    .hasMessage("the runner died");
        } catch (PaddockException early) {
            assertThat(early).hasMessage("the runner died");
        }
        assertThat(waits.closed.getCount()).isZero();
    }

    @Test
    void stoppingTheErrandStopsAllOfThem() {
        var one = new ScriptedInference().say("a");
        var two = new ScriptedInference().say("b");
        try (var choices = Choices.open(errand, List.of(answer(one), answer(two)), 1)) {
            choices.next();
            choices.next();
            errand.stop(Fault.CANCELLED, "enough");
            assertThatThrownBy(choices::next).hasMessage("enough");
        }
    }

    @Test
    void closingReadersThatNobodyListensToLeavesNothingOpen() {
        var endless = IntStream.range(0, 40)
                .mapToObj(index -> {
                    var inference = new ScriptedInference();
                    for (int piece = 0; piece < 100; piece++) inference.say("x");
                    return answer(inference.end(StopReason.STOP));
                })
                .toList();
        try (var choices = Choices.open(errand, endless, 1)) {
            assertThat(choices.next()).isNotNull();
        }
    }

    @Test
    void promptsThatAreTheSameCountOnce() {
        Usage computed = usage(10, 0, 4);
        Usage found = usage(10, 9, 5);
        assertThat(TotalUsage.of(List.of(computed, found, usage(3, 2, 1), usage(3, 3, 1)), 2)
                        .tally())
                .isEqualTo(new Tally(13, 2, 11, 0, 0, 0, 0, Duration.ofMillis(1), Duration.ofMillis(2)));
    }

    private static Usage usage(int prompt, int cached, int completion) {
        var tally = new Tally(prompt, cached, completion, 0, 0, 0, 0, Duration.ofMillis(1), Duration.ofMillis(2));
        return new Usage(tally, 0, Duration.ZERO, Duration.ofMillis(3));
    }
}
