package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.model.Options;
import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.security.Asker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchedTest {
    private final Desk desk = new Desk();
    private final List<String> told = new ArrayList<>();

    private final class Notes implements Observer, Watch {
        @Override
        public Watch begins(Work work) {
            told.add(work.kind() + " " + work.model());
            return this;
        }

        @Override
        public void granted(Serving serving) {
            told.add("granted after " + serving.load().toMillis() + " ms");
        }

        @Override
        public void prompted(int tokens) {
            told.add("prompted " + (tokens > 0));
        }

        @Override
        public void generated(int tokens) {
            if (!told.getLast().equals("generated")) told.add("generated");
        }

        @Override
        public void done(Tally tally) {
            told.add("done " + tally.promptTokens());
        }

        @Override
        public void failed(Fault fault) {
            told.add("failed " + fault);
        }
    }

    @BeforeEach
    void watch() {
        desk.inference.addObserver(new Notes());
    }

    private EventStream chat(Options options) {
        return desk.inference.chat(
                LeasedInferenceTest.request("m", options, new Message(Role.USER, "Hello")), Asker.LOCAL);
    }

    @Test
    void anAnswerIsToldFromItsBeginningToItsEnd() {
        int prompt;
        try (var answer = chat(Options.NONE)) {
            prompt = answer.promptTokens();
            answer.forEachRemaining(event -> {});
        }
        assertThat(told)
                .containsExactly("CHAT m:latest", "granted after 7 ms", "prompted true", "generated", "done " + prompt);
    }

    @Test
    void anAnswerThatIsClosedEarlyWasGivenUp() {
        try (var answer = chat(Options.NONE)) {
            answer.next();
        }
        assertThat(told).endsWith("generated", "failed CANCELLED");
    }

    @Test
    void whatFailsBeforeItsFirstTokenSaysWhy() {
        desk.contextLength = 4;
        assertThatThrownBy(() -> chat(Options.NONE)).isInstanceOf(PaddockException.class);
        assertThat(told).containsExactly("CHAT m:latest", "granted after 7 ms", "failed CONTEXT_TOO_LONG");
    }

    @Test
    void vectorsHaveAPromptAndNoAnswer() {
        var request =
                new EmbedRequest("m", List.of(new EmbedInput.Text("abc")), false, 0, Options.NONE, Optional.empty());
        int tokens = desk.inference.embed(request, Asker.LOCAL).promptTokens();
        assertThat(told).containsExactly("EMBED m:latest", "granted after 7 ms", "done " + tokens);
    }

    @Test
    void anObserverThatThrowsHarmsNobody() {
        desk.inference.addObserver(work -> new Watch() {
            @Override
            public void generated(int tokens) {
                throw new IllegalStateException("a bug of its own");
            }
        });
        try (var answer = chat(Options.NONE)) {
            answer.forEachRemaining(event -> {});
        }
        assertThat(told.getLast()).startsWith("done");
    }

    @Test
    void whileTheServerDrainsNobodyGetsToAModel() {
        desk.inference.bindDrain(new Drained());
        assertThatThrownBy(() -> chat(Options.NONE)).isInstanceOf(BusyException.class);
        assertThat(told).isEmpty();
        assertThat(desk.leases).isEmpty();
    }

    private static final class Drained implements Drain {
        @Override
        public boolean draining() {
            return true;
        }

        @Override
        public void drain(boolean on) {}

        @Override
        public void admit() {
            throw new BusyException(Fault.UNAVAILABLE, "draining", Duration.ofSeconds(5), 0);
        }

        @Override
        public int finish() {
            return 0;
        }
    }
}
