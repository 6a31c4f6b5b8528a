package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.api.engine.Abilities;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.inference.Ranking;
import dev.paddock.api.inference.RerankRequest;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Options;
import dev.paddock.api.security.Asker;
import dev.paddock.testkit.FakeStore;
import dev.paddock.testkit.FakeVocabulary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VectorsTest {
    private static final int EOS = FakeVocabulary.BOS + 1;

    private final Desk desk = new Desk();
    private final List<int[]> computed = new ArrayList<>();

    @AfterEach
    void everyLeaseWasGivenBack() {
        assertThat(desk.open).hasValue(0);
        assertThat(desk.closed).hasValue(desk.leases.size());
    }

    @Test
    void textsBecomeVectorsInTheirOrder() {
        var one = embed(false, 0, "abc").vectors().getFirst();
        var answer = embed(false, 0, "xyz", "abc");
        assertThat(answer.vectors()).hasSize(2);
        assertThat(answer.vectors().get(1)).containsExactly(one);
        assertThat(answer.promptTokens()).isEqualTo(8);
        assertThat(answer.truncated()).isEmpty();
        assertThat(answer.model()).isEqualTo("m:latest");
        assertThat(answer.load()).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void fewerDimensionsAreTheFirstOnesWithLengthOneAgain() {
        float[] whole = embed(false, 0, "hello").vectors().getFirst();
        float[] first = embed(false, 3, "hello").vectors().getFirst();
        assertThat(first).hasSize(3);
        assertThat(length(first)).isCloseTo(1, within(1e-5));
        assertThat(first[0] / first[1]).isCloseTo(whole[0] / whole[1], within(1e-5f));
        fails(Fault.INVALID_REQUEST, "vectors of 8 numbers", () -> embed(false, 9, "hello"));
    }

    @Test
    void anInputThatDoesNotFitIsRefusedWithTheNumbers() {
        desk.contextLength = 10;
        fails(
                Fault.CONTEXT_TOO_LONG,
                "input[1] has 31 tokens, the context of m:latest holds 10",
                () -> embed(false, 0, "ok", "x".repeat(30)));
    }

    @Test
    void whatIsCutKeepsItsClosingTokenAndIsTold() {
        desk.contextLength = 10;
        desk.wrap = Closing::new;
        var answer = embed(true, 0, "ok", "x".repeat(30));
        assertThat(answer.truncated()).containsExactly(1);
        assertThat(computed.get(0)).containsExactly(FakeVocabulary.BOS, 'o', 'k', EOS);
        assertThat(computed.get(1))
                .hasSize(10)
                .startsWith(FakeVocabulary.BOS, 'x')
                .endsWith('x', EOS);
        assertThat(answer.promptTokens()).isEqualTo(14);
    }

    @Test
    void aTextFarBeyondTheContextIsNotTokenizedAsAWhole() {
        desk.contextLength = 10;
        desk.wrap = Brief::new;
        String endless = "x".repeat(639) + "😀" + "x".repeat(1_000_000);
        fails(
                Fault.CONTEXT_TOO_LONG,
                "input[1] has 1000641 characters, the context of m:latest holds 10 tokens",
                () -> embed(false, 0, "ok", endless));
        var answer = embed(true, 0, "ok", endless);
        assertThat(answer.truncated()).containsExactly(1);
        assertThat(answer.vectors()).hasSize(2);
    }

    @Test
    void aQueryOrDocumentFarBeyondTheContextIsNotTokenizedAsAWhole() {
        desk.model(Set.of(Capability.EMBEDDING), Optional.empty());
        desk.wrap = model -> new Scoring(new Brief(model));
        desk.contextLength = 10;
        String endless = "x".repeat(1_000_000);
        fails(Fault.CONTEXT_TOO_LONG, "it has 1000000 characters", () -> rerank(true, endless, "d"));
        fails(Fault.CONTEXT_TOO_LONG, "documents[0] has 1000000 characters", () -> rerank(false, "q", endless));
        assertThat(rerank(true, "q", "d", endless).truncated()).containsExactly(1);
    }

    @Test
    void tokensAreTakenAsTheyAre() {
        desk.wrap = Closing::new;
        desk.inference.embed(request(false, 0, List.of(new EmbedInput.Tokens(new int[] {5, 6}))), Asker.LOCAL);
        assertThat(computed.getFirst()).containsExactly(5, 6);
        fails(
                Fault.INVALID_REQUEST,
                "input[0]: token 99999",
                () -> desk.inference.embed(
                        request(false, 0, List.of(new EmbedInput.Tokens(new int[] {99_999}))), Asker.LOCAL));
    }

    @Test
    void aRequestWithoutInputsOrWithTooManyIsRefusedBeforeAnythingIsLoaded() {
        fails(Fault.INVALID_REQUEST, "input: at least one", () -> embed(false, 0));
        fails(Fault.TOO_LARGE, "at most 2048", () -> embed(false, 0, new String[3000]));
        assertThat(desk.leases).isEmpty();
    }

    @Test
    void onlyRerankersRank() {
        fails(Fault.UNSUPPORTED, "\"m\" does not support reranking", () -> rerank(false, "q", "d"));
        assertThat(desk.leases).isEmpty();
        desk.model(Set.of(Capability.EMBEDDING), Optional.empty());
        fails(Fault.UNSUPPORTED, "\"m\" does not support reranking", () -> rerank(false, "q", "d"));
        desk.wrap = Scoring::new;
        fails(Fault.UNSUPPORTED, "\"m\" does not support embeddings, it is a reranker", () -> embed(false, 0, "x"));
    }

    @Test
    void aModelWithoutVectorsSaysSo() {
        desk.model(Set.of(Capability.VISION), Optional.of(FakeStore.CHATML));
        fails(Fault.UNSUPPORTED, "\"m\" does not support embeddings", () -> embed(false, 0, "x"));
    }

    @Test
    void questionAndDocumentAreOneInputAndScoresKeepTheirOrder() {
        desk.model(Set.of(Capability.EMBEDDING), Optional.empty());
        desk.wrap = Scoring::new;
        var ranking = rerank(false, "q", "long", "d");
        assertThat(ranking.scores()).containsExactly(7f, 4f);
        assertThat(ranking.promptTokens()).isEqualTo(13);
        assertThat(computed.get(1)).containsExactly(FakeVocabulary.BOS, 'q', EOS, 'd', EOS);
    }

    @Test
    void aDocumentThatDoesNotFitBesideTheQuestionIsRefusedOrCut() {
        desk.model(Set.of(Capability.EMBEDDING), Optional.empty());
        desk.wrap = Scoring::new;
        desk.contextLength = 8;
        fails(
                Fault.CONTEXT_TOO_LONG,
                "documents[1] has 20 tokens, beside the query the context of m:latest holds 4 tokens",
                () -> rerank(false, "q", "d", "x".repeat(20)));
        var ranking = rerank(true, "q", "d", "x".repeat(20));
        assertThat(ranking.truncated()).containsExactly(1);
        assertThat(computed.getLast()).hasSize(8).endsWith('x', EOS);
        fails(Fault.CONTEXT_TOO_LONG, "the query leaves no room", () -> rerank(true, "q".repeat(8), "d"));
    }

    @Test
    void pairsAreWrittenAsTheVocabularyWantsThem() {
        var model = new Closing(new Desk().engine.load(new LoadOrder("m", Path.of("w"), "", 64, 0, 1, 0)));
        var two = PairForm.of(Map.of("tokenizer.ggml.model", "t5", "tokenizer.ggml.eos_token_id", EOS));
        assertThat(two.around("m", model, "q").opening()).containsExactly(FakeVocabulary.BOS, 'q', EOS, EOS);
        var one = PairForm.of(Map.of("tokenizer.ggml.model", "bert", "tokenizer.ggml.seperator_token_id", EOS));
        assertThat(one.around("m", model, "q").opening()).containsExactly(FakeVocabulary.BOS, 'q', EOS);
        var written = PairForm.of(Map.of("tokenizer.chat_template.rerank", "<s>Q:{query}D:{document}</s>"));
        assertThat(written.around("m", model, "</s>").opening())
                .containsExactly(FakeVocabulary.BOS, 'Q', ':', '<', '/', 's', '>', 'D', ':');
        assertThat(written.around("m", model, "q").closing()).containsExactly(EOS);
    }

    private Embeddings embed(boolean truncate, int dimensions, String... texts) {
        List<EmbedInput> inputs = new ArrayList<>();
        for (String text : texts) inputs.add(new EmbedInput.Text(text));
        return desk.inference.embed(request(truncate, dimensions, inputs), Asker.LOCAL);
    }

    private static EmbedRequest request(boolean truncate, int dimensions, List<EmbedInput> inputs) {
        return new EmbedRequest("m", inputs, truncate, dimensions, Options.NONE, Optional.empty());
    }

    private Ranking rerank(boolean truncate, String query, String... documents) {
        return desk.inference.rerank(
                new RerankRequest("m", query, List.of(documents), truncate, Options.NONE, Optional.empty()),
                Asker.LOCAL);
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float number : vector) squares += (double) number * number;
        return Math.sqrt(squares);
    }

    private static void fails(Fault fault, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(message);
    }

    /** A model that has no time for texts beyond 64 characters for each token of its context. */
    private static final class Brief extends Wrapped {
        Brief(LoadedModel model) {
            super(model);
        }

        @Override
        public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
            assertThat(text.length()).isLessThanOrEqualTo(64 * facts().contextLength());
            assertThat(text.isEmpty() || !Character.isHighSurrogate(text.charAt(text.length() - 1)))
                    .isTrue();
            return super.tokenize(text, addSpecial, parseSpecial);
        }
    }

    /** A model that wants a token behind each text, too. */
    private class Closing extends Wrapped {
        Closing(LoadedModel model) {
            super(model);
        }

        @Override
        public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
            int[] tokens = super.tokenize(text, addSpecial, parseSpecial);
            return addSpecial ? Frame.join(tokens, new int[] {EOS}) : tokens;
        }

        @Override
        public List<float[]> embed(List<int[]> inputs) {
            computed.addAll(inputs);
            return super.embed(inputs);
        }
    }

    /** A reranker whose score is the position of the last token. */
    private final class Scoring extends Closing {
        Scoring(LoadedModel model) {
            super(model);
        }

        @Override
        public RunnerFacts facts() {
            var f = super.facts();
            return new RunnerFacts(
                    f.pid(),
                    f.backend(),
                    f.engineVersion(),
                    f.contextLength(),
                    f.trainedContext(),
                    f.batch(),
                    f.microBatch(),
                    f.parallel(),
                    f.threads(),
                    f.vocabulary(),
                    1,
                    new Abilities(false, true, true, false, false),
                    f.bosToken(),
                    f.eosToken(),
                    f.placement(),
                    f.memory(),
                    f.weightsMillis(),
                    f.loadMillis(),
                    f.draft());
        }

        @Override
        public List<float[]> embed(List<int[]> inputs) {
            computed.addAll(inputs);
            return inputs.stream().map(input -> new float[] {input.length - 1}).toList();
        }
    }
}
