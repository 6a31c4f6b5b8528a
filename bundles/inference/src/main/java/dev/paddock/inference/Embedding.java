package dev.paddock.inference;

import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.scheduler.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** One request for vectors on a leased model. */
final class Embedding {
    private final String name;
    private final EmbedRequest request;
    private final LoadedModel model;
    private final int window;
    private final Frame frame;
    private final List<int[]> inputs = new ArrayList<>();
    private final SortedSet<Integer> truncated = new TreeSet<>();

    private Embedding(EmbedRequest request, LoadedModel model, Window window) {
        this.name = window.model();
        this.request = request;
        this.model = model;
        this.window = window.size();
        this.frame = Frame.of(model);
    }

    /**
     * Answers it.
     *
     * @param window most tokens of an input
     * @param started {@link System#nanoTime()} of the request
     */
    static Embeddings answer(EmbedRequest request, Lease lease, Window window, long started) {
        String name = window.model();
        var model = lease.model();
        int length = model.facts().embeddingLength();
        if (request.dimensions() < 0 || request.dimensions() > length) {
            throw invalid("dimensions: " + request.dimensions() + " is out of range; " + name + " has vectors of "
                    + length + " numbers");
        }
        VectorBounds.checkAnswer(request.inputs().size(), length);
        var work = new Embedding(request, model, window);
        for (var input : request.inputs()) work.add(input);
        var vectors = model.embed(work.inputs).stream()
                .map(vector -> shortened(vector, request.dimensions()))
                .toList();
        int tokens = work.inputs.stream().mapToInt(input -> input.length).sum();
        var total = Duration.ofNanos(System.nanoTime() - started);
        return new Embeddings(name, vectors, tokens, List.copyOf(work.truncated), lease.loadTime(), total);
    }

    private void add(EmbedInput input) {
        int index = inputs.size();
        int[] tokens =
                switch (input) {
                    case EmbedInput.Text(String text) -> model.tokenize(bounded(text, index), true, false);
                    case EmbedInput.Tokens(int[] given) -> checked(given, index);
                };
        if (tokens.length == 0) {
            throw invalid("input[" + index + "] is empty, and " + name + " has no tokens for nothing");
        }
        if (tokens.length > window) {
            if (!request.truncate()) throw tooLong(index, tokens.length + " tokens");
            tokens = cut(tokens, input instanceof EmbedInput.Text ? frame.closing() : new int[0]);
            truncated.add(index);
        }
        inputs.add(tokens);
    }

    /** What need not be tokenized to know that it is too long is cut or refused before. */
    private String bounded(String text, int index) {
        int most = VectorBounds.characters(window);
        if (text.length() <= most) return text;
        if (!request.truncate()) throw tooLong(index, text.length() + " characters");
        truncated.add(index);
        return VectorBounds.beginning(text, most);
    }

    /** Cuts the end, but not what closes every text. */
    private int[] cut(int[] tokens, int[] closing) {
        if (closing.length >= window) return Arrays.copyOf(tokens, window);
        return Frame.join(Arrays.copyOf(tokens, window - closing.length), closing);
    }

    private int[] checked(int[] tokens, int index) {
        int vocabulary = model.facts().vocabulary();
        for (int token : tokens) {
            if (token < 0 || token >= vocabulary) {
                throw invalid("input[" + index + "]: token " + token + " is not one of this model's " + vocabulary
                        + " tokens");
            }
        }
        return tokens;
    }

    /** The first numbers of a vector, of length 1 again. */
    static float[] shortened(float[] vector, int dimensions) {
        if (dimensions == 0 || dimensions >= vector.length) return vector;
        float[] first = Arrays.copyOf(vector, dimensions);
        double squares = 0;
        for (float number : first) squares += (double) number * number;
        if (squares == 0) return first;
        double factor = 1 / Math.sqrt(squares);
        for (int i = 0; i < first.length; i++) first[i] = (float) (first[i] * factor);
        return first;
    }

    private PaddockException tooLong(int index, String length) {
        return new PaddockException(
                Fault.CONTEXT_TOO_LONG,
                "the input length exceeds the context length: input[" + index + "] has " + length + ", the context of "
                        + name + " holds " + window + " tokens; shorten it or allow truncation");
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
