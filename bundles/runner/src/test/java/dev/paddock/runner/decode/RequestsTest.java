package dev.paddock.runner.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.Sampling;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.protocol.Message;
import org.junit.jupiter.api.Test;

class RequestsTest {
    private final Requests requests = new Requests();

    @Test
    void theFirstThatCameRunsFirst() {
        requests.add(order(1, 1), false);
        requests.add(order(2, 1), false);
        assertThat(requests.poll().id()).isEqualTo(1);
        assertThat(requests.poll().id()).isEqualTo(2);
        assertThat(requests.poll()).isNull();
    }

    @Test
    void aWaitingRequestThatIsCancelledLeavesTheLine() {
        requests.add(order(1, 1), false);
        assertThat(requests.ran(requests.cancel(1))).isFalse();
        assertThat(requests.poll()).isNull();
    }

    @Test
    void aRunningRequestThatIsCancelledIsMarked() {
        requests.add(order(1, 1), false);
        Request running = requests.poll();
        assertThat(requests.ran(requests.cancel(1))).isTrue();
        assertThat(running.cancelled()).isTrue();
    }

    @Test
    void cancellingWhatHasEndedOrNeverWasIsNothing() {
        requests.add(order(1, 1), false);
        requests.ended(requests.poll());
        assertThat(requests.cancel(1)).isNull();
        assertThat(requests.cancel(99)).isNull();
    }

    @Test
    void theLineIsBoundedInNumberAndInTokens() {
        for (int i = 0; i < 4096; i++) requests.add(order(i, 1), false);
        assertThatThrownBy(() -> requests.add(order(5000, 1), false)).isInstanceOf(LlamaException.class);
        Requests others = new Requests();
        for (int i = 0; i < 16; i++) others.add(order(i, 1 << 20), false);
        assertThatThrownBy(() -> others.add(order(17, 1 << 20), false)).hasMessageContaining("16 requests");
    }

    private static Message.Generate order(long id, int tokens) {
        return new Message.Generate(id, new GenerationOrder(new int[tokens], Sampling.GREEDY, Ending.after(-1)), 0);
    }
}
