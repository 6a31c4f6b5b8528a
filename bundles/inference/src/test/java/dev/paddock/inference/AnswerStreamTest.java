package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.ChatRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** However an answer ends, its generation and its lease are given back exactly once. */
class AnswerStreamTest {
    private final Desk desk = new Desk();

    private EventStream chat() {
        var messages = List.of(new Message(Role.USER, "Hello"));
        var request =
                new ChatRequest("m", messages, List.of(), Think.UNSET, AnswerForm.FREE, Options.NONE, Optional.empty());
        return desk.inference.chat(request, Asker.LOCAL);
    }

    @AfterEach
    void everythingIsGivenBackOnce() {
        assertThat(desk.open).hasValue(0);
        assertThat(desk.closed).hasValue(desk.leases.size());
        assertThat(desk.engine.running()).isZero();
    }

    @Test
    void atItsEndWithoutBeingClosed() {
        var stream = chat();
        ChatEvent last = null;
        while (stream.hasNext()) last = stream.next();
        assertThat(last).isInstanceOf(ChatEvent.Done.class);
        assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
        assertThat(desk.closed).hasValue(1);
        stream.close();
        stream.close();
        assertThat(desk.engine.cancels()).isZero();
    }

    @Test
    void whenItIsClosedInTheMiddle() {
        var stream = chat();
        stream.next();
        stream.close();
        assertThat(desk.engine.cancels()).isEqualTo(1);
        assertThatThrownBy(stream::next).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                .isEqualTo(Fault.CANCELLED));
        assertThat(stream.hasNext()).isFalse();
    }

    @Test
    void whenAnotherThreadClosesItWhileTheReaderWaits() throws Exception {
        var gate = desk.engine.holdAfter(2);
        var stream = chat();
        var reader = new CompletableFuture<Void>();
        Thread.ofVirtual().start(() -> {
            try {
                stream.forEachRemaining(event -> {});
                reader.complete(null);
            } catch (Throwable e) {
                reader.completeExceptionally(e);
            }
        });
        gate.awaitArrival();

        stream.close();

        assertThatThrownBy(() -> reader.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CANCELLED));
    }

    @Test
    void whenTheRunnerDies() {
        desk.engine.crashNextAfter(3);
        var stream = chat();
        assertThatThrownBy(() -> stream.forEachRemaining(event -> {}))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.RUNNER_DIED));
        assertThat(stream.hasNext()).isFalse();
        assertThat(desk.closed).hasValue(1);
    }

    @Test
    void whenTheTemplateFails() {
        desk.renderer = (template, input) -> {
            throw new PaddockException(Fault.TEMPLATE_FAILED, "line 3");
        };
        assertThatThrownBy(this::chat).hasMessage("line 3");
    }

    @Test
    void whenTokenizingFails() {
        desk.wrap = model -> new Wrapped(model) {
            @Override
            public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
                throw new PaddockException(Fault.RUNNER_DIED, "gone");
            }
        };
        assertThatThrownBy(this::chat).hasMessage("gone");
    }

    @Test
    void whenGeneratingIsRefused() {
        desk.wrap = model -> new Wrapped(model) {
            @Override
            public Generation generate(GenerationOrder order) {
                throw new PaddockException(Fault.INVALID_REQUEST, "temperature");
            }
        };
        assertThatThrownBy(this::chat).hasMessage("temperature");
    }

    @Test
    void whenTheCallerWasInterruptedMeanwhile() {
        desk.wrap = model -> {
            Thread.currentThread().interrupt();
            return model;
        };
        try {
            assertThatThrownBy(this::chat).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                    .isEqualTo(Fault.CANCELLED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void whenTheWaitForTheModelIsInterrupted() throws Exception {
        var gate = desk.engine.holdLoads();
        var failure = new CompletableFuture<Throwable>();
        var caller = Thread.ofVirtual().start(() -> {
            try {
                chat();
            } catch (Throwable e) {
                failure.complete(e);
            }
        });
        gate.awaitArrival();
        caller.interrupt();
        assertThat(failure.get(10, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.CANCELLED));
        desk.leases.clear();
    }
}
