package dev.paddock.metrics;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One request as it is counted. What is needed for each token is looked up once. */
final class Measure implements Watch {
    private static final double SECOND = 1e9;

    private final Meters meters;
    private final Families families;
    private final Work work;
    private final String model;
    private final String key;
    private final LongSupplier clock;
    private final long since;
    private volatile String backend = "";
    /** Null until the first token; read and written by the one thread that reads the answer. */
    private CounterDataPoint tokens;

    private DistributionDataPoint gaps;
    private long last;

    Measure(Meters meters, Work work, String model, LongSupplier clock) {
        this.meters = meters;
        this.families = meters.families();
        this.work = work;
        this.model = model;
        this.key = meters.key(work);
        this.clock = clock;
        this.since = clock.getAsLong();
    }

    @Override
    public void granted(Serving serving) {
        backend = serving.backend();
        families.queueTime.labelValues(model).observe(serving.queued().toNanos() / SECOND);
    }

    @Override
    public void generated(int count) {
        if (count == 0) return;
        long now = clock.getAsLong();
        if (tokens == null) {
            tokens = families.generatedTokens.labelValues(model, backend, key);
            gaps = families.interToken.labelValues(model);
            families.firstToken.labelValues(model).observe((now - since) / SECOND);
        } else {
            double gap = (now - last) / SECOND / count;
            for (int i = 0; i < count; i++) gaps.observe(gap);
        }
        tokens.inc(count);
        last = now;
    }

    @Override
    public void done(Tally tally) {
        families.promptTokens.labelValues(model, backend, key).inc(tally.promptTokens());
        families.cachedTokens.labelValues(model, backend, key).inc(tally.cachedTokens());
        if (tally.draftedTokens() > 0) {
            families.draftedTokens.labelValues(model).inc(tally.draftedTokens());
            families.acceptedTokens.labelValues(model).inc(tally.acceptedTokens());
        }
        if (tally.resumes() > 0) families.resumes.labelValues(model).inc(tally.resumes());
        ended("done");
    }

    @Override
    public void failed(Fault fault) {
        ended(fault.name().toLowerCase(Locale.ROOT));
    }

    private void ended(String outcome) {
        String kind = work.kind().name().toLowerCase(Locale.ROOT);
        families.answers.labelValues(model, kind, outcome).inc();
    }
}
