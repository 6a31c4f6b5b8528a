package dev.paddock.inference;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Ending;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model begins an answer when nothing forces it. A grammar that allows a thought or JSON, and nothing else, would
 * make a model think that was going to do neither; so it is asked first whether it thinks.
 *
 * @param thinks whether it opened a thought
 * @param spent what it took to know
 */
record FreeStart(boolean thinks, Optional<Tally> spent) {
    /** Tokens by which it is clear; the opening marks of thoughts are few. */
    private static final int MOST = 16;

    /** Asks for the first tokens of an answer and no more. Blocks. */
    static FreeStart of(LoadedModel loaded, GenerationOrder order, Reading reading, ThoughtMarks marks) {
        var watch = new ThoughtWatch(marks, reading.start().prompt(), reading.parser());
        var ending = order.ending();
        int most = ending.maxTokens() < 0 ? MOST : Math.min(MOST, ending.maxTokens());
        var free = order.with(order.prompt(), new Ending(most, ending.stop(), OptionalInt.empty()), Optional.empty());
        try (var generation = loaded.generate(free)) {
            while (!watch.seen() && !watch.over() && generation.next() instanceof Chunk.Text text) {
                watch.take(text.text());
            }
            return new FreeStart(watch.seen(), generation.soFar());
        }
    }

    /** A generation whose account includes this. */
    Generation before(Generation generation) {
        return spent.<Generation>map(tally -> new Preceded(tally, generation)).orElse(generation);
    }

    private record Preceded(Tally first, Generation generation) implements Generation {
        @Override
        public boolean hasNext() {
            return generation.hasNext();
        }

        @Override
        public Chunk next() {
            var chunk = generation.next();
            return chunk instanceof Chunk.End end ? end.with(sum(end.tally())) : chunk;
        }

        @Override
        public Optional<Tally> soFar() {
            return Optional.of(generation.soFar().map(this::sum).orElse(first));
        }

        private Tally sum(Tally second) {
            return LegTally.sum(first, second, second.promptTokens(), second.completionTokens());
        }

        @Override
        public void close() {
            generation.close();
        }
    }
}
