package dev.paddock.runner.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeLogTest {
    private static final int DEBUG = 1;
    private static final int INFO = 2;
    private static final int WARN = 3;
    private static final int ERROR = 4;
    private static final int CONTINUED = 5;

    private final List<String> heard = new ArrayList<>();
    private final NativeLog log = new NativeLog((level, line) -> heard.add(level + " " + line));

    @Test
    void piecesBecomeOneLine() {
        log.hear(WARN, "half");
        log.hear(CONTINUED, " and half\n");
        assertThat(heard).containsExactly("WARN half and half");
    }

    @Test
    void whatContinuesADroppedLineIsDropped() {
        log.hear(DEBUG, "noise");
        log.hear(CONTINUED, "more noise\n");
        log.hear(INFO, "news\n");
        assertThat(heard).isEmpty();
    }

    @Test
    void errorsAreKeptForTheMessageOfTheFailure() {
        log.hear(ERROR, "first\n");
        log.hear(ERROR, "second\n");
        assertThat(log.takeErrors()).isEqualTo("first; second");
        assertThat(log.takeErrors()).isEmpty();
    }

    @Test
    void aDecodeThatWasBrokenOffIsNoFailure() {
        log.hear(ERROR, "graph_compute: ggml_backend_sched_graph_compute_async failed with error 1\n");
        log.hear(ERROR, "process_ubatch: failed to compute graph, compute status: 1\n");
        log.hear(WARN, "decode: removing memory module entries for seq_id = 3, pos = [0, +inf)\n");
        log.hear(ERROR, "llama_decode: failed to decode, ret = 2\n");
        assertThat(heard).isEmpty();
        assertThat(log.takeErrors()).isEmpty();
        log.hear(ERROR, "graph_compute: ggml_backend_sched_graph_compute_async failed with error -1\n");
        log.hear(ERROR, "process_ubatch: failed to compute graph, compute status: -1\n");
        log.hear(ERROR, "llama_decode: failed to decode, ret = -3\n");
        assertThat(heard).hasSize(3);
    }

    @Test
    void memoryIsReadFromTheLinesThatPass() {
        log.hear(INFO, "load_tensors: CPU model buffer size = 1.00 MiB\n");
        assertThat(log.memory().total()).isEqualTo(1 << 20);
    }

    @Test
    void theCacheOfAllSequencesIsNotTakenForTheLengthOfOne() {
        log.means(Context.sharedCache(new Context.Order(2048, 512, 512, 4, 1), 2048));
        log.hear(WARN, "llama_context: n_ctx_seq (8192) > n_ctx_train (2048) -- possible training context overflow\n");
        assertThat(heard).isEmpty();
        log.hear(WARN, "llama_context: n_ctx_seq (8192) > n_ctx_train (1024) -- possible training context overflow\n");
        assertThat(heard).hasSize(1);
    }

    @Test
    void aSequenceThatIsReallyLongerThanTrainedIsWarnedOf() {
        log.means(Context.sharedCache(new Context.Order(4096, 512, 512, 2, 1), 2048));
        log.hear(WARN, "llama_context: n_ctx_seq (8192) > n_ctx_train (2048) -- possible training context overflow\n");
        assertThat(heard).hasSize(1);
    }
}
