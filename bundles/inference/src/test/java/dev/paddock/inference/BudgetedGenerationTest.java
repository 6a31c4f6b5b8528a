package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.testkit.FakeEngine;
import dev.paddock.testkit.FakeVocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer is the same to its reader whether its thoughts were ended for the model or not; tokens are bytes here. */
class BudgetedGenerationTest {
    private static final String THOUGHT = "one two three four five";
    private static final String CUT = TagFormat.MARKS.cut();
    private static final String ANSWER = "So be it.";

    private final FakeEngine engine = new FakeEngine();
    private int context = 512;
    private int joined = 1;
    private Recorder model;

    private Generation start(String prompt, int limit, Ending ending) {
        model = new Recorder(engine.load(new LoadOrder("m", Path.of("m"), "", context, 0, 1, 0)), joined);
        var order = new GenerationOrder(
                FakeVocabulary.tokenize(prompt, false, true),
                Sampling.DEFAULT,
                ending,
                Optional.of("first"),
                -1,
                List.of(),
                "anna",
                List.of("<|im_start|>"));
        boolean opened = prompt.endsWith("<think>\n");
        var watch = new ThoughtWatch(TagFormat.MARKS, prompt, new TagReader(opened));
        return new BudgetedGeneration(
                model, order, new ThoughtLimit(limit, TagFormat.MARKS, watch, text -> Optional.of("behind:" + text)));
    }

    private Generation start(String prompt, int limit) {
        return start(prompt, limit, new Ending(300, List.of("END"), OptionalInt.empty()));
    }

    /** Thinks, unless its thought has ended. */
    private void thinks(String beginning, String more) {
        engine.answer(prompt -> prompt.contains("</think>") ? ANSWER : beginning + more + "</think>\n\n" + ANSWER);
    }

    private record Said(String text, int tokens, Chunk.End end) {}

    private static Said read(Generation generation) {
        StringBuilder text = new StringBuilder();
        int tokens = 0;
        while (true) {
            switch (generation.next()) {
                case Chunk.Text more -> {
                    text.append(more.text());
                    tokens += more.tokens().length;
                }
                case Chunk.End end -> {
                    assertThat(generation.hasNext()).isFalse();
                    return new Said(text.toString(), tokens, end);
                }
            }
        }
    }

    @AfterEach
    void nothingRunsAnyMore() {
        assertThat(engine.running()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void aThoughtHasItsTokensAndNoMore(int piece) {
        joined = piece;
        thinks("", THOUGHT);
        var said = read(start("Q<think>\n", 7));
        assertThat(said.text()).isEqualTo("one two" + CUT + ANSWER);
        assertThat(model.prompt(1)).isEqualTo("Q<think>\none two" + CUT);
        assertThat(said.tokens()).isEqualTo(said.text().length());
        assertThat(said.end().tally().completionTokens()).isEqualTo(said.text().length());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void theMarkThatOpensAThoughtDoesNotCount(int piece) {
        joined = piece;
        thinks("<think>", THOUGHT);
        assertThat(read(start("Q", 7)).text()).isEqualTo("<think>one two" + CUT + ANSWER);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100})
    void aThoughtThatEndsInTimeIsLeftAlone(int piece) {
        joined = piece;
        thinks("", THOUGHT);
        var said = read(start("Q<think>\n", THOUGHT.length() + 1));
        assertThat(said.text()).isEqualTo(THOUGHT + "</think>\n\n" + ANSWER);
        assertThat(model.orders).hasSize(1);
        assertThat(said.end().tally().promptTokens()).isEqualTo("Q<think>\n".length());
    }

    @Test
    void anAnswerWithoutThoughtsIsLeftAlone() {
        engine.answer("plain <think>text</think>");
        assertThat(read(start("Q", 0)).text()).isEqualTo("plain <think>text</think>");
        assertThat(model.orders).hasSize(1);
    }

    @Test
    void aCallEndsAThoughtToo() {
        engine.answer("let me<call>f and much more than the limit");
        assertThat(read(start("Q<think>\n", 12)).text()).endsWith("limit");
        assertThat(model.orders).hasSize(1);
    }

    @Test
    void noThoughtAtAllBeginsBehindIt() {
        thinks("", THOUGHT);
        var said = read(start("Q<think>\n", 0));
        assertThat(said.text()).isEqualTo(CUT + ANSWER);
        assertThat(model.orders).hasSize(1);
        assertThat(model.prompt(0)).isEqualTo("Q<think>\n" + CUT);
        assertThat(said.end().tally().promptTokens()).isEqualTo("Q<think>\n".length());
        assertThat(said.end().tally().completionTokens()).isEqualTo(said.text().length());

        thinks("<think>", THOUGHT);
        assertThat(read(start("Q", 0)).text()).isEqualTo("<think>" + CUT + ANSWER);
    }

    @Test
    void theSecondOrderIsTheFirstOneFurtherOn() {
        thinks("", THOUGHT);
        read(start("Q<think>\n", 3));
        var first = model.orders.getFirst();
        var second = model.orders.getLast();
        assertThat(second.grammar()).contains("behind:one" + CUT);
        assertThat(second.ending().maxTokens()).isEqualTo(300 - 3 - CUT.length());
        assertThat(second.ending().stop()).containsExactly("END");
        assertThat(second.sampling()).isEqualTo(first.sampling());
        assertThat(second.cacheScope()).isEqualTo("anna");
        assertThat(second.shown()).containsExactly("<|im_start|>");
    }

    @Test
    void theAccountIsOfBothGenerations() {
        thinks("", THOUGHT);
        var tally = read(start("Q<think>\n", 3)).end().tally();
        int prompt = "Q<think>\n".length();
        assertThat(tally.promptTokens()).isEqualTo(prompt);
        assertThat(tally.completionTokens()).isEqualTo(3 + CUT.length() + ANSWER.length());
        assertThat(tally.promptTime().toMillis()).isEqualTo(prompt + prompt + 3 + CUT.length());
        assertThat(tally.completionTime().toMillis()).isEqualTo(3 + ANSWER.length());
    }

    @Test
    void anAnswerThatHasNoRoomBehindItsThoughtEndsInIt() {
        thinks("", THOUGHT);
        int most = 5 + CUT.length();
        var said = read(start("Q<think>\n", 5, Ending.after(most)));
        assertThat(said.text()).hasSize(most).startsWith("one two");
        assertThat(said.end().reason()).isEqualTo(StopReason.LENGTH);
        said = read(start("Q<think>\n", 5, Ending.after(most + 2)));
        assertThat(said.text()).isEqualTo("one t" + CUT + "So");
        assertThat(said.end().reason()).isEqualTo(StopReason.LENGTH);
    }

    @Test
    void aThoughtThatWouldShiftTheContextIsEndedBefore() {
        thinks("", THOUGHT);
        int room = 6;
        context = "Q<think>\n".length() + room + CUT.length() + 1;
        var said = read(start("Q<think>\n", 20, new Ending(-1, List.of(), OptionalInt.of(4))));
        assertThat(said.text()).isEqualTo("one tw" + CUT + ANSWER);
    }

    @Test
    void aCharacterIsNotCutInHalf() {
        thinks("", "äöü");
        assertThat(read(start("Q<think>\n", 3)).text()).isEqualTo("äö" + CUT + ANSWER);
    }

    @Test
    void whatMayBeTheEndOfTheThoughtIsWaitedFor() {
        thinks("", "one");
        var said = read(start("Q<think>\n", 5));
        assertThat(said.text()).isEqualTo("one</think>\n\n" + ANSWER);
        assertThat(model.orders).hasSize(1);
        thinks("", "one</thing that");
        assertThat(read(start("Q<think>\n", 5)).text()).isEqualTo("one</thing" + CUT + ANSWER);
    }

    @Test
    void closingClosesWhicheverRuns() throws Exception {
        thinks("", THOUGHT);
        for (int limit : new int[] {2, 200}) {
            var gate = engine.holdAfter(5);
            var generation = start("Q<think>\n", limit);
            var reader = CompletableFuture.supplyAsync(() -> read(generation));
            gate.awaitArrival();
            generation.close();
            assertThatThrownBy(() -> reader.get(10, TimeUnit.SECONDS)).hasRootCauseInstanceOf(PaddockException.class);
            assertThat(model.orders).hasSize(limit == 2 ? 2 : 1);
        }
        assertThat(engine.running()).isZero();
    }

    @Test
    void whatIsClosedDoesNotGoOn() {
        thinks("", THOUGHT);
        var generation = start("Q<think>\n", 1);
        generation.next();
        generation.close();
        assertThatThrownBy(generation::next).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                .isEqualTo(Fault.CANCELLED));
        assertThat(model.orders).hasSize(1);
    }

    @Test
    void aLongThoughtIsFollowedToItsLimit() {
        context = 8000;
        String thought = "word ".repeat(1000);
        thinks("", thought);
        var said = read(start("Q<think>\n", 4000, Ending.after(-1)));
        assertThat(said.text()).isEqualTo(thought.substring(0, 4000) + CUT + ANSWER);
        var prompt = new ArrayList<Integer>();
        Arrays.stream(model.orders.getLast().prompt()).forEach(prompt::add);
        assertThat(prompt).hasSize("Q<think>\n".length() + 4000 + CUT.length());
    }
}
