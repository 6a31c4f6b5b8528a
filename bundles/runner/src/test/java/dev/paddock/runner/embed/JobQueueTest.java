package dev.paddock.runner.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobQueueTest {
    private final JobQueue queue = new JobQueue();

    @Test
    void requestsGiveOneInputInTurn() throws Exception {
        queue.add(job(1, 10, 10, 10));
        queue.add(job(2, 10));
        assertThat(ids(queue.take(100, 3))).containsExactly(1L, 2L, 1L);
        assertThat(ids(queue.take(100, 3))).containsExactly(1L);
    }

    @Test
    void aGroupHoldsNoMoreThanItsBoundUnlessOneInputAloneIsLonger() throws Exception {
        queue.add(job(1, 60));
        queue.add(job(2, 60));
        queue.add(job(3, 500));
        queue.add(job(4, 1));
        assertThat(ids(queue.take(100, 8))).containsExactly(1L);
        assertThat(ids(queue.take(100, 8))).containsExactly(2L);
        assertThat(ids(queue.take(100, 8))).containsExactly(3L);
        assertThat(ids(queue.take(100, 8))).containsExactly(4L);
    }

    @Test
    void whoWaitsLeavesTheLineWhenCancelledAndWhoRunsIsMarked() throws Exception {
        Job first = job(1, 5);
        Job second = job(2, 5);
        queue.add(first);
        queue.add(second);
        List<Job.Part> group = queue.take(5, 8);
        assertThat(queue.cancel(2)).isSameAs(second);
        assertThat(queue.waiting()).isZero();
        assertThat(queue.allCancelled()).isFalse();
        assertThat(queue.cancel(1)).isNull();
        assertThat(first.cancelled()).isTrue();
        assertThat(queue.allCancelled()).isTrue();
        queue.release(group);
        assertThat(queue.running()).isZero();
        assertThat(queue.cancel(1)).isNull();
    }

    @Test
    void aLineThatIsTooLongTakesNobody() {
        for (int i = 0; i < 4096; i++) queue.add(job(i, 1));
        assertThatThrownBy(() -> queue.add(job(5000, 1)))
                .isInstanceOf(LlamaException.class)
                .hasMessageContaining("4096");
    }

    @Test
    void groupsAreSmallerWhereTheVocabularyIsLargeAndNeverBelowTheNumberOfInputs() {
        assertThat(EmbedLoop.groupTokens(30_000)).isEqualTo(512);
        assertThat(EmbedLoop.groupTokens(151_936)).isEqualTo(128);
        assertThat(EmbedLoop.groupTokens(10_000_000)).isEqualTo(64).isGreaterThanOrEqualTo(EmbedLoop.GROUP_INPUTS);
    }

    private static Job job(long id, int... lengths) {
        List<int[]> inputs = new ArrayList<>();
        for (int length : lengths) inputs.add(new int[length]);
        return new Job(new Message.Embed(id, inputs));
    }

    private static List<Long> ids(List<Job.Part> group) {
        return group.stream().map(part -> part.job().id()).toList();
    }
}
