package dev.paddock.runner.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.engine.Sampling.Cutoffs;
import dev.paddock.api.engine.Sampling.Dry;
import dev.paddock.api.engine.Sampling.Mirostat;
import dev.paddock.api.engine.Sampling.Penalties;
import dev.paddock.api.engine.Sampling.Temperature;
import dev.paddock.api.engine.Sampling.Xtc;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.llama.LlamaException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real model's answers under grammars. */
class GrammarDeviceTest {
    private static final String JSON = """
            root   ::= "{" pair ("," pair){1,3} "}"
            pair   ::= " "? string ":" " "? (string | number | "[" number ("," number){0,3} "]")
            string ::= "\\"" [a-zA-Z \u00e4\u00f6]{1,12} "\\""
            number ::= "-"? ("0" | [1-9] [0-9]{0,4})
            """;
    private static Answers answers;

    @BeforeAll
    static void load() throws IOException {
        if (RealThings.there()) answers = new Answers();
    }

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @AfterAll
    static void free() {
        if (answers != null) answers.close();
    }

    @Test
    void ofTwoWordsExactlyOneIsTheAnswer() {
        for (int seed = 0; seed < 10; seed++) {
            assertThat(text(hot(seed), "root ::= \"yes\" | \"no\"")).isIn("yes", "no");
        }
        assertThat(text(Sampling.GREEDY, "root ::= \"yes\" | \"no\"")).isIn("yes", "no");
    }

    @Test
    void jsonIsJsonWhateverTheSamplers() {
        for (Sampling sampling :
                List.of(Sampling.GREEDY, hot(1), hot(2), Sampling.DEFAULT, penalized(), mirostat(1), mirostat(2))) {
            GrammarGuide guide =
                    new GrammarGuide(Gbnf.parse(GbnfTest.JSON), PieceTable.of(answers.vocabulary(), ShownTokens.NONE));
            int[] tokens = answers.answer(answers.order("List your data.", sampling, JSON), 200);
            for (int token : tokens)
                assertThat(guide.accept(token)).as(answers.text(tokens)).isTrue();
            assertThat(guide.whole()).as(answers.text(tokens)).isTrue();
        }
    }

    @Test
    void theSameSeedGivesTheSameAnswerAndItCanBeTakenUpInTheMiddle() {
        var order = answers.order("List your data.", penalized(), JSON);
        int[] whole = answers.answer(order, 200);
        assertThat(answers.answer(order, 200)).isEqualTo(whole);
        int[] resumed = answers.answer(order, Arrays.copyOf(whole, whole.length / 2), 200);
        assertThat(resumed).isEqualTo(whole);
    }

    @Test
    void aGrammarThatTheModelKeepsToAnywayChangesNothing() {
        int[] free = answers.answer(answers.order("Say hi.", Sampling.GREEDY, null), 30);
        int[] bound = answers.answer(answers.order("Say hi.", Sampling.GREEDY, "root ::= .*"), 30);
        assertThat(bound).isEqualTo(free);
    }

    @Test
    void theEndIsTakenWhenNothingElseIsLeftEvenIfItIsForbidden() {
        var endless = new Sampling(
                0, Temperature.of(0), Cutoffs.OFF, Penalties.OFF, Dry.OFF, Xtc.OFF, Mirostat.OFF, List.of(), true);
        assertThat(text(endless, "root ::= \"yes\"")).isEqualTo("yes");
    }

    @Test
    void aControlTokenIsTakenWhereItIsShownAndTheGrammarAllowsIt() {
        int mark = answers.vocabulary().tokenize("<|im_start|>", false, true)[0];
        for (int seed = 0; seed < 5; seed++) {
            var fond = biased(seed, mark);
            int[] shown = answers.answer(showing(fond, "<|im_start|>"), 100);
            assertThat(answers.text(shown)).matches("(<\\|im_start\\|>)+(yes|no)");
            assertThat(shown[0]).isEqualTo(mark);
            assertThat(answers.answer(showing(fond, "<|im_start|>"), Arrays.copyOf(shown, 1), 100))
                    .isEqualTo(shown);
            assertThat(answers.answer(showing(fond, "<|im_end|>"), 100)).doesNotContain(mark);
        }
    }

    @Test
    void aControlTokenThatTheGrammarAsksForIsNotWrittenInLetters() {
        int mark = answers.vocabulary().tokenize("<|im_start|>", false, true)[0];
        for (int seed = 0; seed < 10; seed++) {
            int[] tokens = answers.answer(showing(seed == 0 ? Sampling.GREEDY : hot(seed), "<|im_start|>"), 100);
            assertThat(tokens[0]).as(answers.text(tokens)).isEqualTo(mark);
            int[] letters = answers.answer(showing(hot(seed), "<|im_end|>"), 100);
            assertThat(letters).doesNotContain(mark);
            assertThat(answers.text(letters)).startsWith("<|im_start|>");
        }
    }

    private static GenerationOrder showing(Sampling sampling, String shown) {
        var order = answers.order("Do you like it?", sampling, "root ::= \"<|im_start|>\"{1,4} (\"yes\" | \"no\")");
        return new GenerationOrder(
                order.prompt(), sampling, order.ending(), order.grammar(), -1, List.of(), "", List.of(shown));
    }

    private static Sampling biased(long seed, int token) {
        var hot = hot(seed);
        var bias = List.of(new Sampling.Bias(token, 100));
        return new Sampling(
                seed, hot.temperature(), hot.cutoffs(), hot.penalties(), Dry.OFF, Xtc.OFF, Mirostat.OFF, bias, false);
    }

    @Test
    void anUnsoundGrammarIsRefusedAndOneWithoutTokensEndsTheAnswer() {
        assertThatThrownBy(() -> text(Sampling.GREEDY, "root ::= missing"))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("rule \"missing\": it is used but not defined");
        assertThatThrownBy(() -> text(Sampling.GREEDY, "root ::= \"a\" []"))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("leaves no token");
        String hostile = "root ::= (\"a\" | \"b\") root \"b\" | [ab] root \"c\" | \"a\"";
        assertThat(text(Sampling.GREEDY, "root ::= \"ok\"")).isEqualTo("ok");
        assertThatThrownBy(() -> text(hot(1), hostile.replace("| \"a\"", ""))).isInstanceOf(LlamaException.class);
        assertThat(text(Sampling.GREEDY, "root ::= \"ok\"")).isEqualTo("ok");
    }

    private static Sampling hot(long seed) {
        return new Sampling(seed, Temperature.of(5), new Cutoffs(40, 1, 0, 1, -1), Penalties.OFF);
    }

    private static Sampling penalized() {
        return new Sampling(
                3,
                Temperature.of(2),
                Cutoffs.OFF,
                new Penalties(64, 1.3f, 0.5f, 0.5f),
                new Dry(1, 1.75f, 2, -1, List.of("\n")),
                new Xtc(0.3f, 0.1f),
                Mirostat.OFF,
                List.of(),
                false);
    }

    private static Sampling mirostat(int version) {
        return new Sampling(
                3,
                Temperature.of(1),
                Cutoffs.OFF,
                Penalties.OFF,
                Dry.OFF,
                Xtc.OFF,
                new Mirostat(version, 5, 0.1f),
                List.of(),
                false);
    }

    private static String text(Sampling sampling, String grammar) {
        return answers.text(answers.answer(answers.order("Do you like it?", sampling, grammar), 100));
    }
}
