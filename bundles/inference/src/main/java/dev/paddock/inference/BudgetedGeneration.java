package dev.paddock.inference;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.NoSuchElementException;

/**
 * An answer whose thoughts may have so many tokens and no more. When they have them, the generation is closed, the end of
 * the thought is written for the model, and another generation goes on from there: its prompt is all that was computed.
 * To its reader it is one generation. One thread reads, any may close.
 */
final class BudgetedGeneration implements Generation {
    /** Tokens beyond the limit for which the end of a character, or of what may be a stop text, is waited for. */
    private static final int GRACE = 64;

    private static final Tally NOTHING = Tally.plain(0, 0, Duration.ZERO, Duration.ZERO);

    private final LoadedModel model;
    private final GenerationOrder order;
    private final ThoughtLimit limit;
    /** What is written for the model when its thoughts are ended. */
    private final int[] cut;
    /** Whether there is but one generation, behind the thought. */
    private final boolean alone;

    private final StringBuilder text = new StringBuilder();
    /** What was read and not given yet. */
    private final Deque<Chunk.Text> waiting = new ArrayDeque<>();
    /** Prompt and answer, as long as thoughts may have to be ended; {@code count} of them. */
    private int[] tokens;

    private int count;

    private int thoughtTokens;
    private boolean heldBack;
    /** What the first generation took; null while it is the only one. */
    private Tally first;

    private boolean ended;
    private boolean closed;
    private Generation leg;

    /** Starts it. When the prompt opened a thought and none is allowed, it begins behind the thought. */
    BudgetedGeneration(LoadedModel model, GenerationOrder order, ThoughtLimit limit) {
        this.model = model;
        this.order = order;
        this.limit = limit;
        this.cut = model.tokenize(limit.marks().cut(), false, true);
        this.tokens = order.prompt();
        this.count = tokens.length;
        this.alone = spent();
        if (alone) goOn(NOTHING);
        else leg = model.generate(order);
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Chunk next() {
        if (ended) throw new NoSuchElementException("the generation has ended");
        if (spent()) {
            leg.close();
            goOn(leg.soFar().orElse(NOTHING));
        }
        return switch (waiting.isEmpty() ? leg.next() : waiting.remove()) {
            case Chunk.Text more -> first == null ? watched(more) : more;
            case Chunk.End end -> {
                ended = true;
                yield first == null ? end : end.with(sum(end.tally()));
            }
        };
    }

    /** Whether the thought is to be ended now, and can be. */
    private boolean spent() {
        if (first != null || !limit.watch().inside() || left() > 0 || room() < 1) return false;
        boolean unsure = heldBack || limit.watch().mayClose();
        return !unsure || left() < -GRACE;
    }

    /** Tokens of thoughts that may still come: a context that was shifted has lost its beginning, and nothing goes on. */
    private int left() {
        int left = limit.tokens() - thoughtTokens;
        return order.ending().shift().isPresent() ? Math.min(left, window() - 1) : left;
    }

    /** Tokens that the answer may have behind the thought. */
    private int room() {
        int most = order.ending().maxTokens();
        return most < 0 ? window() : Math.min(window(), most - answered() - cut.length);
    }

    private int window() {
        return model.facts().contextLength() - count - cut.length;
    }

    private int answered() {
        return count - order.prompt().length;
    }

    /** A piece may be many tokens that a slow reader left; those beyond the limit wait until it is clear what they are. */
    private Chunk watched(Chunk.Text more) {
        if (limit.watch().over()) return more;
        boolean thought = limit.watch().inside();
        var part = TextCut.first(model, more, thought ? Math.max(1, left()) : 1);
        if (part.tokens().length < more.tokens().length) waiting.addFirst(TextCut.behind(more, part));
        limit.watch().take(part.text());
        text.append(part.text());
        add(part.tokens());
        if (thought) thoughtTokens += part.tokens().length;
        heldBack = part.text().isEmpty();
        return part;
    }

    private void add(int[] more) {
        if (count + more.length > tokens.length) tokens = Arrays.copyOf(tokens, 2 * (count + more.length));
        System.arraycopy(more, 0, tokens, count, more.length);
        count += more.length;
    }

    private synchronized void goOn(Tally before) {
        if (closed) throw new PaddockException(Fault.CANCELLED, "the generation was closed by its caller");
        add(cut);
        text.append(limit.marks().cut());
        var grammar = limit.grammarBehind().apply(text.toString());
        var ending = order.ending();
        int most = ending.maxTokens() < 0 ? ending.maxTokens() : ending.maxTokens() - answered();
        leg = model.generate(
                order.with(Arrays.copyOf(tokens, count), new Ending(most, ending.stop(), ending.shift()), grammar));
        first = before;
        waiting.clear();
        waiting.add(new Chunk.Text(limit.marks().cut(), cut));
    }

    private Tally sum(Tally second) {
        int prompt = order.prompt().length;
        int completion = answered() + second.completionTokens();
        if (alone) return LegTally.sum(second, NOTHING, prompt, completion);
        return LegTally.sum(first, second, prompt, completion);
    }

    @Override
    public void close() {
        Generation running;
        synchronized (this) {
            closed = true;
            running = leg;
        }
        running.close();
    }
}
