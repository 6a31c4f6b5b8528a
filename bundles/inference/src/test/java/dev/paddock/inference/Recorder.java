package dev.paddock.inference;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.GenerationOrder;
import dev.paddock.api.engine.LoadedModel;
import dev.paddock.api.engine.Tally;
import dev.paddock.testkit.FakeVocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Remembers the orders of a model, and gives so many tokens in one piece, as to a slow reader. */
final class Recorder extends Wrapped {
    final List<GenerationOrder> orders = new ArrayList<>();
    private final int joined;

    Recorder(LoadedModel model, int joined) {
        super(model);
        this.joined = joined;
    }

    String prompt(int index) {
        return FakeVocabulary.detokenize(orders.get(index).prompt());
    }

    @Override
    public Generation generate(GenerationOrder order) {
        orders.add(order);
        return new Joined(super.generate(order), joined);
    }

    private static final class Joined implements Generation {
        private final Generation generation;
        private final int most;
        private Chunk next;

        Joined(Generation generation, int most) {
            this.generation = generation;
            this.most = most;
        }

        @Override
        public boolean hasNext() {
            return next != null || generation.hasNext();
        }

        @Override
        public Chunk next() {
            var all = next == null ? generation.next() : next;
            next = null;
            for (int i = 1; i < most && all instanceof Chunk.Text text; i++) {
                next = generation.next();
                if (!(next instanceof Chunk.Text more)) return all;
                all = new Chunk.Text(
                        text.text() + more.text(),
                        IntStream.concat(Arrays.stream(text.tokens()), Arrays.stream(more.tokens()))
                                .toArray());
                next = null;
            }
            return all;
        }

        @Override
        public Optional<Tally> soFar() {
            return generation.soFar();
        }

        @Override
        public void close() {
            generation.close();
        }
    }
}
