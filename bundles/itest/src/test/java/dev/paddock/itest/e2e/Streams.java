package dev.paddock.itest.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * Clients that ask the starter model one thing after the other, greedily and streamed, until they are told to stop. Each
 * answer must be the one that was expected, to the character.
 */
final class Streams implements AutoCloseable {
    /**
     * A question with its answer.
     *
     * @param prompt what is asked
     * @param answer what an undisturbed run said
     */
    record Expected(Golden prompt, String answer) {}

    private final Server server;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private final List<Asked> open = new ArrayList<>();
    private final ConcurrentLinkedQueue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicLong longestPause = new AtomicLong();
    private volatile boolean stopping;

    /** One client's state: how many pieces its current answer has brought. */
    private static final class Asked {
        volatile int pieces;
    }

    private Streams(Server server) {
        this.server = server;
    }

    /** Starts so many clients at once; they share out what they ask. */
    static Streams start(Server server, List<Expected> expected, int count) {
        Streams streams = new Streams(server);
        for (int i = 0; i < count; i++) {
            Asked asked = new Asked();
            streams.open.add(asked);
            Expected mine = expected.get(i % expected.size());
            streams.running.add(streams.clients.submit(() -> streams.askOn(mine, asked)));
        }
        return streams;
    }

    /** What the model answers, undisturbed. */
    static Expected expected(Server server, Golden prompt) throws Exception {
        return new Expected(prompt, new Streams(server).answer(prompt, new Asked()));
    }

    private void askOn(Expected expected, Asked asked) {
        while (!stopping && complaints.isEmpty()) {
            try {
                String said = answer(expected.prompt(), asked);
                if (!said.equals(expected.answer())) {
                    complaints.add(expected.prompt().name() + ": said \"" + said + "\", expected \"" + expected.answer()
                            + "\"");
                }
                answers.incrementAndGet();
            } catch (Exception | AssertionError e) {
                complaints.add(expected.prompt().name() + ": " + e);
            }
        }
    }

    private String answer(Golden prompt, Asked asked) throws Exception {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", "starter");
        body.put("messages", prompt.messages());
        body.put("options", Map.of("temperature", 0, "num_predict", 600));
        StringBuilder text = new StringBuilder();
        boolean done = false;
        long before = 0;
        asked.pieces = 0;
        try (var lines =
                server.stream("/api/chat", Server.JSON.writeValueAsString(body)).body()) {
            for (String line : (Iterable<String>) lines::iterator) {
                long now = System.nanoTime();
                if (before > 0) longestPause.accumulateAndGet(now - before, Math::max);
                before = now;
                JsonNode part = Server.JSON.readTree(line);
                if (!part.path("error").isMissingNode()) throw new IllegalStateException(line);
                text.append(part.path("message").path("content").asString(""));
                asked.pieces++;
                done = part.path("done").asBoolean(false);
            }
        }
        if (!done) throw new IllegalStateException("the stream ended without its end after: " + text);
        return text.toString();
    }

    /** Whether all clients are in the middle of an answer, or were a moment ago. */
    boolean allRunning() {
        return open.stream().allMatch(asked -> asked.pieces > 0);
    }

    /** How many answers were whole and right so far. */
    int answers() {
        return answers.get();
    }

    /** The longest time between two pieces of an answer since the last call. */
    Duration longestPause() {
        return Duration.ofNanos(longestPause.getAndSet(0));
    }

    /** What went wrong; empty is good. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Lets the clients finish what they have asked. */
    void finish() throws Exception {
        stopping = true;
        for (Future<?> client : running) client.get();
    }

    @Override
    public void close() {
        stopping = true;
        clients.shutdownNow();
    }
}
