package dev.paddock.engine;

import dev.paddock.api.engine.Fit;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.Placement;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/** Asks throw-away runners what models would take, each question once. Safe for many threads. */
final class Fits {
    /** Contexts in one question: each costs a dry run for each number of layers. */
    private static final int MOST_CONTEXTS = 64;

    private final Runners runners;
    private final Backends backends;
    private final FitStore store;
    private final Map<String, CompletableFuture<Message.Fits>> asked = new ConcurrentHashMap<>();
    /** Each question is a process; two at a time leave something for others. */
    private final Semaphore turns = new Semaphore(2, true);

    Fits(Runners runners, Backends backends, FitStore store) {
        this.runners = runners;
        this.backends = backends;
        this.store = store;
    }

    /** @throws PaddockException as {@link dev.paddock.api.engine.EngineService#fit} says */
    List<Fit> ask(LoadOrder order, List<Integer> contexts, List<Placement> placements) {
        var wanted = new LinkedHashSet<>(contexts);
        if (wanted.isEmpty() || wanted.size() > MOST_CONTEXTS || wanted.stream().anyMatch(context -> context < 1)) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    "contexts are " + contexts + "; ask for 1 to " + MOST_CONTEXTS
                            + " of them, each of at least 1 token");
        }
        boolean speculates = runners.settings().tuning().speculate();
        var asked = speculates ? order : order.with(LoadOrder.Draft.NONE);
        List<Fit> fits = new ArrayList<>();
        for (Placement placement : placements) {
            var resolved = backends.resolve(placement);
            var answer = answer(asked.on(resolved), List.copyOf(wanted));
            for (var row : answer.rows()) {
                fits.add(new Fit(
                        resolved.with(row.gpuLayers()),
                        answer.layers(),
                        row.contextLength(),
                        row.parallel(),
                        row.uses()));
            }
        }
        return fits;
    }

    private Message.Fits answer(LoadOrder order, List<Integer> contexts) {
        var files = backends.files(order.placement());
        String key = key(order, contexts, files);
        while (true) {
            var known = store.get(key);
            if (known.isPresent()) return known.get();
            var mine = new CompletableFuture<Message.Fits>();
            var others = asked.putIfAbsent(key, mine);
            if (others == null) return run(order, contexts, files, key, mine);
            var answer = await(others);
            if (answer != null) return answer;
        }
    }

    private Message.Fits run(
            LoadOrder order,
            List<Integer> contexts,
            RunnerFiles files,
            String key,
            CompletableFuture<Message.Fits> mine) {
        try {
            // Another thread may have been told between the look at the store and now.
            var answer = store.get(key).orElseGet(() -> run(order, contexts, files));
            store.put(key, answer);
            mine.complete(answer);
            return answer;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            asked.remove(key);
        }
    }

    private Message.Fits run(LoadOrder order, List<Integer> contexts, RunnerFiles files) {
        var question = new Message.AskFit(
                order.weights().toAbsolutePath().toString(),
                Orders.draft(order),
                files.libraries(),
                order.placement().devices(),
                Orders.sizes(order),
                contexts.stream().mapToInt(Integer::intValue).toArray(),
                new int[] {order.placement().gpuLayers()});
        try {
            turns.acquire();
            try {
                return fits(
                        order,
                        runners.ask(
                                files, question, runners.settings().backends().fit()));
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (Errands.Failure e) {
            throw new PaddockException(
                    Fault.LOAD_FAILED, "what " + order.model() + " takes could not be asked: " + e.getMessage(), e);
        }
    }

    private static Message.Fits fits(LoadOrder order, Message answer) {
        return switch (answer) {
            case Message.Fits fits -> fits;
            case Message.Failed failed -> throw Orders.fault(failed, order.model());
            default ->
                throw new PaddockException(
                        Fault.INTERNAL,
                        order.model() + ": the runner answered with "
                                + answer.getClass().getSimpleName());
        };
    }

    /** What another thread was told; null when that one was interrupted, which says nothing of the question. */
    private static Message.Fits await(CompletableFuture<Message.Fits> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof PaddockException cause)) throw new IllegalStateException(e.getCause());
            if (cause.fault() == Fault.CANCELLED) return null;
            throw new PaddockException(cause.fault(), cause.getMessage(), cause);
        }
    }

    private static PaddockException interrupted(InterruptedException cause) {
        return new PaddockException(Fault.CANCELLED, "interrupted while it was asked what a model takes", cause);
    }

    /** All that the answer depends on; the directory's name has the digest of runner, llama.cpp and backends. */
    private static String key(LoadOrder order, List<Integer> contexts, RunnerFiles files) {
        String all = String.join(
                "\n",
                order.digest().isEmpty() ? identity(order.weights()) : order.digest(),
                order.draft().weights().map(Fits::identity).orElse(""),
                order.batch() + " " + order.parallel(),
                contexts.toString(),
                order.placement().toString(),
                files.directory().getFileName().toString(),
                new TreeMap<>(files.environment()).toString());
        return Digest.of(all.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static String identity(Path file) {
        try {
            return file.toAbsolutePath() + " " + Files.size(file) + " "
                    + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            throw new PaddockException(Fault.MODEL_DAMAGED, file.getFileName() + " cannot be read: " + e, e);
        }
    }
}
