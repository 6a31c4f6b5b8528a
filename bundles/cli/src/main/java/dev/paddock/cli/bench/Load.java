package dev.paddock.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lets clients loose on a server, all at the same moment. */
final class Load {
    private final OpenAi server;
    private final Cancellation cancellation;

    Load(OpenAi server, Cancellation cancellation) {
        this.server = server;
        this.cancellation = cancellation;
    }

    /**
     * One request for each prompt, each by a client of its own; blocks until all are over.
     *
     * @throws dev.paddock.cli.server.Failure when it was cancelled
     */
    Turn turn(List<String> prompts, int predict) {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Sample>> asked = new ArrayList<>();
        long start;
        List<Sample> samples = new ArrayList<>();
        // A platform thread wakes once for what arrives, a virtual one wakes poller and carrier, beside a server that
        // may
        // need every core.
        try (ExecutorService clients = Executors.newThreadPerTaskExecutor(
                        Thread.ofPlatform().name("client-", 1).factory());
                var _ = cancellation.during(clients::shutdownNow)) {
            for (String prompt : prompts) {
                asked.add(clients.submit(() -> {
                    go.await();
                    return server.ask(prompt, predict);
                }));
            }
            start = System.nanoTime();
            go.countDown();
            for (Future<Sample> one : asked) samples.add(one.get());
        } catch (InterruptedException | java.util.concurrent.RejectedExecutionException e) {
            cancellation.cancel();
            cancellation.check();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            cancellation.check(); // it was waiting to be let go
            throw new IllegalStateException(e.getCause());
        }
        cancellation.check();
        return new Turn(prompts.size(), samples, start, System.nanoTime());
    }
}
