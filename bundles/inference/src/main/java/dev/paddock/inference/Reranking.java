package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
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
    private final String name;
    private final RerankRequest request;
    private final LoadedModel model;
    private final int window;
    private final Frame around;
    private final int room;
    private final List<int[]> pairs = new ArrayList<>();
    private final List<Integer> truncated = new ArrayList<>();

    private Reranking(RerankRequest request, PairForm form, LoadedModel model, Window window) {
        this.name = window.model();
        this.request = request;
        this.model = model;
        this.window = window.size();
        this.around = around(form);
        this.room = this.window - around.opening().length - around.closing().length;
    }

    /**
     * Answers it.
     *
     * @param window most tokens of a pair
     * @param started {@link System#nanoTime()} of the request
     */
    static Ranking answer(RerankRequest request, PairForm form, Lease lease, Window window, long started) {
        var work = new Reranking(request, form, lease.model(), window);
        if (work.room < 1) {
            throw work.noRoom("with special tokens it has " + (work.window - work.room) + " tokens");
        }
        for (String document : request.documents()) work.add(document);
        var vectors = lease.model().embed(work.pairs);
        float[] scores = new float[vectors.size()];
        for (int i = 0; i < scores.length; i++) scores[i] = vectors.get(i)[0];
        int tokens = work.pairs.stream().mapToInt(pair -> pair.length).sum();
        var total = Duration.ofNanos(System.nanoTime() - started);
        return new Ranking(work.name, scores, tokens, work.truncated, lease.loadTime(), total);
    }

    private Frame around(PairForm form) {
        int characters = request.query().length();
        if (characters > VectorBounds.characters(window)) throw noRoom("it has " + characters + " characters");
        return form.around(name, model, request.query());
    }

    private void add(String document) {
        int most = VectorBounds.characters(window);
        boolean cut = document.length() > most;
        if (cut && !request.truncate()) throw tooLong(document.length() + " characters");
        int[] tokens = model.tokenize(cut ? VectorBounds.beginning(document, most) : document, false, false);
        if (tokens.length > room) {
            if (!request.truncate()) throw tooLong(tokens.length + " tokens");
            tokens = Arrays.copyOf(tokens, room);
            cut = true;
        }
        if (cut) truncated.add(pairs.size());
        pairs.add(Frame.join(around.opening(), tokens, around.closing()));
    }

    private PaddockException noRoom(String why) {
        return new PaddockException(
                Fault.CONTEXT_TOO_LONG,
                "the query leaves no room for a document: " + why + ", the context of " + name + " holds " + window
                        + " tokens");
    }

    private PaddockException tooLong(String length) {
        return new PaddockException(
                Fault.CONTEXT_TOO_LONG,
                "documents[" + pairs.size() + "] has " + length + ", beside the query the context of " + name
                        + " holds " + room + " tokens; shorten it or allow truncation");
    }
}
