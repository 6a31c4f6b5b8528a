package dev.paddock.inference;

import dev.paddock.api.engine.Chunk;
import dev.paddock.api.engine.Generation;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.observe.Observers;
import dev.paddock.api.observe.Watch;
import java.util.Optional;

/** A generation whose tokens and end are told to who watches; closed before its end, it was given up. */
record WatchedGeneration(Generation generation, Watch watch) implements Generation {
    @Override
    public boolean hasNext() {
        return generation.hasNext();
    }

    @Override
    public Chunk next() {
        Chunk chunk = Observers.watched(watch, generation::next);
        switch (chunk) {
            case Chunk.Text text -> watch.generated(text.tokens().length);
            case Chunk.End end -> watch.done(end.tally());
        }
        return chunk;
    }

    @Override
    public Optional<Tally> soFar() {
        return generation.soFar();
    }

    @Override
    public void close() {
        watch.failed(Fault.CANCELLED);
        generation.close();
    }
}
