package dev.paddock.dialect.kit;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EventStream;
import java.util.function.Supplier;

/** Who opens answers and can be stopped meanwhile: a client's request, or an errand without one. Safe for many threads. */
public interface Opener {
    /** What it is known by in explanations. */
    String id();

    /**
     * Blocks for an answer; from then on stopping ends it. The caller closes it.
     *
     * @throws PaddockException when there is none, or with what stopped it
     */
    Answer open(Supplier<EventStream> call);

    /** Blocks for something else than an answer; stopping interrupts it. */
    <T> T await(Supplier<T> call);
}
