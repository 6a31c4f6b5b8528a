package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.Sampling;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AdapterChoice;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.AnswerFormat;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What of a request reaches the engine, and what of the engine's answer comes back. */
class OrdersTest {
    private final List<GenerationOrder> orders = new ArrayList<>();
    private Desk desk = new Desk();

    private EventStream ask(AnswerForm form, Map<String, Object> options, String identity) {
        desk.wrap = model -> new Wrapped(model) {
            @Override
            public Generation generate(GenerationOrder order) {
                orders.add(order);
                return order.logprobs() < 0 ? super.generate(order) : new Likely(super.generate(order));
            }
        };
        var messages = List.of(new Message(Role.USER, "Hi"));
        var request =
                new ChatRequest("m", messages, List.of(), Think.UNSET, form, Options.of(options), Optional.empty());
        return desk.inference.chat(request, new Asker("", new Identity(identity), 0));
    }

    private GenerationOrder order(Map<String, Object> options) {
        ask(AnswerForm.FREE, options, "a").close();
        return orders.getLast();
    }

    @Test
    void theModelsOwnAdaptersReachTheEngineAndVectorsWithThemAreRefused() {
        assertThat(order(Map.of()).adapters()).isEmpty();
        var polite = Path.of("polite.gguf");
        desk.adapt(polite);
        assertThat(order(Map.of()).adapters()).containsExactly(new Adapter(polite, 1));
        var texts = List.<EmbedInput>of(new EmbedInput.Text("Hi"));
        var request = new EmbedRequest("m", texts, false, 0, Options.NONE, Optional.empty());
        assertThatThrownBy(() -> desk.inference.embed(request, Asker.LOCAL))
                .hasMessageContaining("does not support embeddings with its adapter");
    }

    @Test
    void theAdaptersThatARequestNamesReachTheEngineAndWrongOnesLeaseNothing() {
        var polite = Path.of("polite.gguf");
        desk.adapt(polite);
        ask(adapted(new AdapterChoice("m", 0.5)), Map.of(), "a").close();
        assertThat(orders.getLast().adapters()).containsExactly(new Adapter(polite, 0.5f));
        ask(adapted(), Map.of(), "a").close();
        assertThat(orders.getLast().adapters()).isEmpty();
        int leases = desk.leases.size();
        assertThatThrownBy(() -> ask(adapted(new AdapterChoice("nope", 1)), Map.of(), "a"))
                .hasMessage("adapters[0].model: model 'nope' not found");
        assertThat(desk.leases).hasSize(leases);
    }

    private static AnswerForm adapted(AdapterChoice... choices) {
        return new AnswerForm(
                Optional.empty(), OptionalInt.empty(), -1, Optional.empty(), Optional.of(List.of(choices)));
    }

    @Test
    void aRequestThatSaysNothingIsSampledByDefault() {
        assertThat(order(Map.of()).sampling()).isEqualTo(Sampling.DEFAULT);
        assertThat(order(Map.of()).logprobs()).isEqualTo(-1);
        assertThat(order(Map.of()).grammar()).isEmpty();
    }

    @Test
    void everySamplerHasItsOptions() {
        var sampling = order(Map.ofEntries(
                        Map.entry("seed", 7),
                        Map.entry("temperature", 0.5),
                        Map.entry("dynatemp_range", 0.25),
                        Map.entry("dynatemp_exponent", 2),
                        Map.entry("top_k", 11),
                        Map.entry("top_p", 0.75),
                        Map.entry("min_p", 0.125),
                        Map.entry("typical_p", 0.5),
                        Map.entry("top_n_sigma", 3),
                        Map.entry("repeat_last_n", 12),
                        Map.entry("repeat_penalty", 1.5),
                        Map.entry("presence_penalty", 0.5),
                        Map.entry("frequency_penalty", 0.25),
                        Map.entry("dry_multiplier", 0.5),
                        Map.entry("dry_base", 2),
                        Map.entry("dry_allowed_length", 3),
                        Map.entry("dry_penalty_last_n", 4),
                        Map.entry("dry_sequence_breakers", List.of(";")),
                        Map.entry("xtc_probability", 0.5),
                        Map.entry("xtc_threshold", 0.25),
                        Map.entry("mirostat", 2),
                        Map.entry("mirostat_tau", 6),
                        Map.entry("mirostat_eta", 0.25),
                        Map.entry("logit_bias", Map.of("9", false)),
                        Map.entry("ignore_eos", true)))
                .sampling();
        assertThat(sampling)
                .isEqualTo(new Sampling(
                        7,
                        new Sampling.Temperature(0.5f, 0.25f, 2),
                        new Sampling.Cutoffs(11, 0.75f, 0.125f, 0.5f, 3),
                        new Sampling.Penalties(12, 1.5f, 0.5f, 0.25f),
                        new Sampling.Dry(0.5f, 2, 3, 4, List.of(";")),
                        new Sampling.Xtc(0.5f, 0.25f),
                        new Sampling.Mirostat(2, 6, 0.25f),
                        List.of(new Sampling.Bias(9, Float.NEGATIVE_INFINITY)),
                        true));
    }

    @Test
    void whatGoesBeyondTheVocabularyIsRefusedAndTheLeaseGivenBack() {
        invalid(() -> order(Map.of("top_k", 100_000)), "at most 260, the model's vocabulary");
        invalid(() -> order(Map.of("logit_bias", Map.of("260", 1))), "token 260");
        assertThat(desk.open).hasValue(0);
    }

    @Test
    void aFormThatNoModelCouldTakeIsRefusedBeforeOneIsLoaded() {
        invalid(
                () -> ask(new AnswerForm(Optional.empty(), 21, Optional.empty()), Map.of(), "a"),
                "top_logprobs must be between 0 and 20");
        invalid(() -> order(Map.of("temperature", -1)), "temperature");
        assertThat(desk.leases).isEmpty();
    }

    @Test
    void requestsShareCachedPromptsOnlyWithTheirOwnIdentityUnlessTheServerIsSetSo() {
        ask(AnswerForm.FREE, Map.of(), "anna").close();
        assertThat(orders.getLast().cacheScope()).isEqualTo("anna");
        desk = new Desk(new Settings(ContextPolicy.ERROR, true, true));
        ask(AnswerForm.FREE, Map.of(), "anna").close();
        assertThat(orders.getLast().cacheScope()).isEmpty();
    }

    @Test
    void grammarAndLogprobsReachTheEngineAndLikelihoodsComeBeforeTheirText() {
        desk.engine.answer("é");
        var form = new AnswerForm(Optional.of(new AnswerFormat.Grammar("root ::= \"é\"")), 2, Optional.empty());
        List<ChatEvent> events = new ArrayList<>();
        ask(form, Map.of(), "a").forEachRemaining(events::add);

        assertThat(orders.getLast().grammar()).contains("root ::= \"é\"");
        assertThat(orders.getLast().logprobs()).isEqualTo(2);
        assertThat(events)
                .as("the first byte gives no text, and still says how likely it was")
                .satisfiesExactly(
                        event -> assertThat(event).isInstanceOf(ChatEvent.Likely.class),
                        event -> assertThat(event).isInstanceOf(ChatEvent.Likely.class),
                        event -> assertThat(event).isInstanceOf(ChatEvent.Delta.class),
                        event -> assertThat(event).isInstanceOf(ChatEvent.Done.class));
    }

    private static void invalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST))
                .hasMessageContaining(message);
    }

    /** Says that every token was certain. */
    private record Likely(Generation generation) implements Generation {
        @Override
        public boolean hasNext() {
            return generation.hasNext();
        }

        @Override
        public Chunk next() {
            var chunk = generation.next();
            if (!(chunk instanceof Chunk.Text text)) return chunk;
            int token = text.tokens()[0];
            var logprob = new Logprob(token, new byte[] {(byte) token}, 0, List.of());
            return new Chunk.Text(text.text(), text.tokens(), List.of(logprob));
        }

        @Override
        public void close() {
            generation.close();
        }
    }
}
