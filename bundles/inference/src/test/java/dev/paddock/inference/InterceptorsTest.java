package dev.paddock.inference;

import static dev.paddock.inference.LeasedInferenceTest.drain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.Decisions;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.ChatInterceptor;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import dev.paddock.api.security.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Conversations that are put differently on their way, and what is told of that. */
class InterceptorsTest {
    private static final Asker ASKER = new Asker("r-7", Identity.LOCAL, 0);

    private final Desk desk = new Desk();
    private final Told told = new Told();

    InterceptorsTest() {
        desk.inference.bindDecisions(told);
    }

    /** Puts the text of every message differently. */
    private static ChatInterceptor rewriting(String name, UnaryOperator<String> text) {
        return interceptor(name, messages -> messages.stream()
                .map(message -> new Message(message.role(), text.apply(message.content())))
                .toList());
    }

    private static ChatInterceptor interceptor(String name, UnaryOperator<List<Message>> change) {
        return new ChatInterceptor() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Change> intercept(List<Message> messages) {
                var changed = change.apply(messages);
                return changed.equals(messages)
                        ? Optional.empty()
                        : Optional.of(new Change(changed, "put it differently"));
            }
        };
    }

    private String asked(String text) {
        var messages = List.of(new Message(Role.USER, text));
        var request =
                new ChatRequest("m", messages, List.of(), Think.UNSET, AnswerForm.FREE, Options.NONE, Optional.empty());
        drain(desk.inference.chat(request, ASKER));
        return desk.rendered.getLast().messages().getLast().content();
    }

    @Test
    void theHighestRankingComesFirstAndTheNextOneSeesWhatItChanged() {
        desk.inference.addInterceptor(rewriting("late", text -> text + "-late"), Map.of());
        desk.inference.addInterceptor(rewriting("early", text -> text + "-early"), Map.of("service.ranking", 10));
        assertThat(asked("Hi")).isEqualTo("Hi-early-late");
        assertThat(told.decisions)
                .extracting(Decision::text)
                .containsExactly("early: put it differently", "late: put it differently");
        assertThat(told.decisions).allSatisfy(decision -> {
            assertThat(decision.kind()).isEqualTo(Decision.Kind.PROMPT);
            assertThat(decision.request()).isEqualTo("r-7");
            assertThat(decision.model()).isEqualTo("m:latest");
        });
    }

    @Test
    void oneThatGoesAwayIsNotAskedAgain() {
        var shout = rewriting("shout", text -> text + "!");
        desk.inference.addInterceptor(shout, Map.of());
        assertThat(asked("Hi")).isEqualTo("Hi!");
        desk.inference.removeInterceptor(shout);
        assertThat(asked("Hi")).isEqualTo("Hi");
    }

    @Test
    void oneThatFailsOrLeavesNothingIsPassedOver() {
        desk.inference.addInterceptor(
                interceptor("broken", messages -> {
                    throw new IllegalStateException("broken");
                }),
                Map.of("service.ranking", 3));
        desk.inference.addInterceptor(
                interceptor("deep", messages -> {
                    throw new StackOverflowError();
                }),
                Map.of("service.ranking", 2));
        desk.inference.addInterceptor(interceptor("empty", messages -> List.of()), Map.of("service.ranking", 1));
        desk.inference.addInterceptor(rewriting("shout", text -> text + "!"), Map.of());
        assertThat(asked("Hi")).isEqualTo("Hi!");
        assertThat(told.decisions).singleElement().extracting(Decision::text).isEqualTo("shout: put it differently");
    }

    @Test
    void aModelThatIsNotPromptedByATemplateOfItsOwnIsTold() {
        assertThat(asked("Hi")).isEqualTo("Hi");
        assertThat(told.decisions).isEmpty();
        desk.model(Set.of(Capability.COMPLETION), Optional.empty());
        asked("Hi");
        assertThat(told.decisions).singleElement().satisfies(decision -> {
            assertThat(decision.text()).isEqualTo("prompted otherwise: a test");
            assertThat(decision.numbers()).containsEntry("origin", "plain");
        });
    }

    private static final class Told implements Decisions {
        final List<Decision> decisions = new ArrayList<>();

        @Override
        public void add(Decision decision) {
            decisions.add(decision);
        }

        @Override
        public List<Decision> ofRequest(String request) {
            return List.of();
        }

        @Override
        public List<Decision> ofModel(String model) {
            return List.of();
        }

        @Override
        public List<Decision> latest(int most) {
            return List.of();
        }
    }
}
