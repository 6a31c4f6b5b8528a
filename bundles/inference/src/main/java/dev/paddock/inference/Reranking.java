package dev.paddock.inference;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.Ranking;
import dev.paddock.api.inference.RerankRequest;
import dev.paddock.api.scheduler.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One request for scores on a leased model. */
final class Reranking {
    private Reranking() {}

    /**
     * Answers it.
     *
     * @param window most tokens of a pair
     * @param started {@link System#nanoTime()} of the request
     */
    static Ranking answer(RerankRequest request, PairForm form, Lease lease, Window window, long started) {
        String name = window.model();
        var model = lease.model();
        var around = form.around(name, model, request.query());
        int room = window.size() - around.opening().length - around.closing().length;
        if (room < 1) {
            throw tooLong("the query leaves no room for a document: with special tokens it has "
                    + (window.size() - room) + " tokens, the context of " + name + " holds " + window.size());
        }
        List<int[]> pairs = new ArrayList<>();
        List<Integer> truncated = new ArrayList<>();
        for (String document : request.documents()) {
            int index = pairs.size();
            int[] tokens = model.tokenize(document, false, false);
            if (tokens.length > room) {
                if (!request.truncate()) {
                    throw tooLong("documents[" + index + "] has " + tokens.length + " tokens, beside the query the"
                            + " context of " + name + " holds " + room + "; shorten it or allow truncation");
                }
                tokens = Arrays.copyOf(tokens, room);
                truncated.add(index);
            }
            pairs.add(Frame.join(around.opening(), tokens, around.closing()));
        }
        var vectors = model.embed(pairs);
        float[] scores = new float[vectors.size()];
        for (int i = 0; i < scores.length; i++) scores[i] = vectors.get(i)[0];
        int tokens = pairs.stream().mapToInt(pair -> pair.length).sum();
        var total = Duration.ofNanos(System.nanoTime() - started);
        return new Ranking(name, scores, tokens, truncated, lease.loadTime(), total);
    }

    private static PaddockException tooLong(String message) {
        return new PaddockException(Fault.CONTEXT_TOO_LONG, message);
    }
}
