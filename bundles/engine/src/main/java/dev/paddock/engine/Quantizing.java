package dev.paddock.engine;

import dev.paddock.api.engine.Placement;
import dev.paddock.api.engine.QuantizeOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.TensorInfo;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Has throw-away runners pack weights anew, one at a time. Safe for many threads. */
final class Quantizing {
    private final Runners runners;
    private final Backends backends;
    /** Each takes all processors: two at once would both take twice as long, and twice the memory. */
    private final Semaphore turn = new Semaphore(1, true);

    Quantizing(Runners runners, Backends backends) {
        this.runners = runners;
        this.backends = backends;
    }

    /** @throws PaddockException as {@link dev.paddock.api.engine.EngineService#quantize} says */
    void run(QuantizeOrder order, QuantizeOrder.Progress progress) {
        var count = new Count(header(order), progress);
        var files = files();
        var work = new Message.Quantize(
                files.libraries(),
                order.source().toAbsolutePath().toString(),
                order.target().toAbsolutePath().toString(),
                order.type(),
                order.requantize(),
                order.threads());
        try {
            turn.acquire();
            try {
                check(order, runners.work(files, work, count::begins));
            } finally {
                turn.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "interrupted while it waited to quantize", e);
        } catch (Errands.Failure e) {
            throw new PaddockException(
                    Fault.RUNNER_DIED, "quantizing to " + order.type() + " failed: " + e.getMessage(), e);
        }
        count.end();
    }

    /** Native code sees the file only after its header was found sound. */
    private static GgufFile header(QuantizeOrder order) {
        try {
            return GgufFile.read(order.source(), 0);
        } catch (IOException e) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST, "what is to be quantized is no sound GGUF file: " + e.getMessage(), e);
        }
    }

    /** No backend is loaded; but with the CPU's the files are those that models run with, and lie there already. */
    private RunnerFiles files() {
        try {
            return backends.files(backends.resolve(Placement.CPU));
        } catch (PaddockException e) {
            if (e.fault() != Fault.UNAVAILABLE) throw e;
            return runners.files(List.of());
        }
    }

    private static void check(QuantizeOrder order, Message answer) {
        switch (answer) {
            case Message.Packed() -> {}
            case Message.Failed failed -> throw new PaddockException(failed.code(), failed.message());
            default ->
                throw new PaddockException(
                        Fault.INTERNAL,
                        "quantizing to " + order.type() + ": the runner answered with "
                                + answer.getClass().getSimpleName());
        }
    }

    /** Bytes of the tensors that were begun, so that a large one counts for what it is. */
    private static final class Count {
        private final Map<String, Long> sizes = new HashMap<>();
        private final QuantizeOrder.Progress progress;
        private final long total;
        private long done;
        private String current = "";

        Count(GgufFile file, QuantizeOrder.Progress progress) {
            for (TensorInfo tensor : file.tensors()) sizes.put(tensor.name(), tensor.size());
            this.progress = progress;
            this.total = Math.max(
                    1, sizes.values().stream().mapToLong(Long::longValue).sum());
        }

        void begins(Message.Packing packing) {
            done += sizes.getOrDefault(current, 0L);
            // Each counts once, whatever a runner says.
            sizes.remove(current);
            current = packing.tensor();
            progress.at(done, total);
        }

        void end() {
            progress.at(total, total);
        }
    }
}
