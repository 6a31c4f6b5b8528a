package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.RunnerFacts;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.ContextPolicy;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import dev.paddock.testkit.FakeVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Conversations that do not fit, under each policy. The fake engine has one token a byte. */
class OverflowTest {
    private final List<GenerationOrder> orders = new ArrayList<>();
    private Desk desk = new Desk();
    private boolean shifts;

    private EventStream ask(Optional<ContextPolicy> policy, Map<String, Object> options, List<Message> messages) {
        desk.wrap = Recording::new;
        var form = new AnswerForm(Optional.empty(), -1, policy);
        var request =
                new ChatRequest("m", messages, List.of(), Think.UNSET, form, Options.of(options), Optional.empty());
        return desk.inference.chat(request, Asker.LOCAL);
    }

    private ChatEvent.Done end(EventStream stream) {
        ChatEvent last = null;
        while (stream.hasNext()) last = stream.next();
        assertThat(desk.open).hasValue(0);
        return (ChatEvent.Done) last;
    }

    private static List<Message> exchanges(int count) {
        List<Message> all = new ArrayList<>(List.of(new Message(Role.SYSTEM, "Rules.")));
        for (int i = 0; i < count; i++) {
            all.add(new Message(Role.USER, "question " + i));
            all.add(new Message(Role.ASSISTANT, "answer " + i));
        }
        all.add(new Message(Role.USER, "the last one"));
        return all;
    }

    @Test
    void whatDoesNotFitIsRefusedUnlessSomebodySaidOtherwise() {
        assertThatThrownBy(() -> ask(Optional.empty(), Map.of(), exchanges(50)))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CONTEXT_TOO_LONG));
        assertThat(desk.open).hasValue(0);
    }

    @Test
    void theOldestExchangesAreLeftOutAndCounted() {
        var stream = ask(Optional.of(ContextPolicy.TRUNCATE), Map.of("num_predict", 20), exchanges(50));

        int dropped = stream.droppedMessages();
        assertThat(end(stream).usage().droppedMessages()).isEqualTo(dropped);
        assertThat(dropped).isPositive().isEven();
        String prompt = desk.engine.prompts().getFirst();
        int firstKept = dropped / 2;
        assertThat(prompt)
                .startsWith("<|im_start|>system\nRules.<|im_end|>\n<|im_start|>user\nquestion " + firstKept)
                .contains("the last one");
        int tokens = FakeVocabulary.tokenize(prompt, true, true).length;
        assertThat(512 - tokens)
                .as("room for the answer, and no more was left out than needed")
                .isBetween(20, 80);
    }

    @Test
    void nothingIsLeftOutOfWhatFits() {
        var stream = ask(Optional.of(ContextPolicy.TRUNCATE), Map.of(), exchanges(1));
        assertThat(end(stream).usage().droppedMessages()).isZero();
        assertThat(desk.rendered).hasSize(1);
    }

    @Test
    void aQuestionThatIsTooLongByItselfIsRefusedWhateverThePolicy() {
        var messages = List.of(new Message(Role.USER, "x"), new Message(Role.USER, "y".repeat(600)));
        assertThatThrownBy(() -> ask(Optional.of(ContextPolicy.TRUNCATE), Map.of(), messages))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CONTEXT_TOO_LONG));
    }

    @Test
    void theServersPolicyCountsWhenTheRequestSaysNothing() {
        desk = new Desk(new Settings(ContextPolicy.TRUNCATE, false, true));
        assertThat(end(ask(Optional.empty(), Map.of(), exchanges(50))).usage().droppedMessages())
                .isPositive();
        assertThatThrownBy(() -> ask(Optional.of(ContextPolicy.ERROR), Map.of(), exchanges(50)))
                .isInstanceOf(PaddockException.class);
    }

    @Test
    void aShiftIsOrderedWithTheTokensToKeepAndAnAnswerOfTenWindows() {
        shifts = true;
        end(ask(Optional.of(ContextPolicy.SHIFT), Map.of("num_keep", 10), exchanges(1)));
        assertThat(orders.getFirst().ending().shift()).hasValue(10);
        assertThat(orders.getFirst().ending().maxTokens()).isEqualTo(5120);
        end(ask(Optional.of(ContextPolicy.SHIFT), Map.of("num_keep", -1, "num_predict", 7), exchanges(1)));
        assertThat(orders.getLast().ending().shift()).hasValue(orders.getLast().prompt().length);
        assertThat(orders.getLast().ending().maxTokens()).isEqualTo(7);
    }

    @Test
    void aModelThatCannotShiftRefusesARequestForItAndTruncatesByTheServersPolicy() {
        assertThatThrownBy(() -> ask(Optional.of(ContextPolicy.SHIFT), Map.of(), exchanges(1)))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED));
        desk = new Desk(new Settings(ContextPolicy.SHIFT, false, true));
        assertThat(end(ask(Optional.empty(), Map.of(), exchanges(50))).usage().droppedMessages())
                .isPositive();
        assertThat(orders.getLast().ending().shift()).isEmpty();
    }

    /** Remembers orders, and may shift. */
    private final class Recording extends Wrapped {
        Recording(LoadedModel model) {
            super(model);
        }

        @Override
        public RunnerFacts facts() {
            return Facts.thatShift(super.facts(), shifts);
        }

        @Override
        public Generation generate(GenerationOrder order) {
            orders.add(order);
            return super.generate(order);
        }
    }
}
