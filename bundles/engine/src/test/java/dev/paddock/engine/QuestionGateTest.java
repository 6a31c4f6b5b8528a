package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.runner.protocol.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class QuestionGateTest {
    private static final Message LARGE = new Message.Tokenize(1, "x".repeat(15 << 20), true, true);
    private static final Message SMALL = new Message.Tokenize(2, "x", true, true);

    private final QuestionGate gate = new QuestionGate();

    @Test
    void smallQuestionsNeverWaitAndLargeOnesGoInOneByOne() throws Exception {
        var large = gate.enter(LARGE);
        for (int i = 0; i < 200; i++) gate.enter(SMALL);
        var next = CompletableFuture.runAsync(this::enterAndLeave);
        assertThat(next).isNotDone();
        large.close();
        next.get(20, TimeUnit.SECONDS);
    }

    @Test
    void whoIsInterruptedInFrontOfItIsNotInside() throws Exception {
        try (var _ = gate.enter(LARGE)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> gate.enter(LARGE)).isInstanceOf(InterruptedException.class);
        }
        enterAndLeave();
    }

    private void enterAndLeave() {
        try (var _ = gate.enter(LARGE)) {
            assertThat(gate).isNotNull();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
