package dev.paddock.metrics;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import java.util.concurrent.TimeUnit;

/** One request that is in the house. What it tells is written by one thread at a time and read by any. */
final class Passage implements Watch {
    private final Activity activity;
    private final Work work;
    private final long since;
    private volatile boolean running;
    private volatile int prompt;
    private volatile int tokens;

    /** @param since when it came, by the activity's clock */
    Passage(Activity activity, Work work, long since) {
        this.activity = activity;
        this.work = work;
        this.since = since;
    }

    Work work() {
        return work;
    }

    long since() {
        return since;
    }

    boolean running() {
        return running;
    }

    int prompt() {
        return prompt;
    }

    int tokens() {
        return tokens;
    }

    @Override
    public void granted(Serving serving) {
        running = true;
    }

    @Override
    public void prompted(int count) {
        prompt = count;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread reads a stream
    public void generated(int count) {
        if (count == 0) return;
        long now = activity.now();
        if (tokens == 0) activity.first(now, prompt, TimeUnit.NANOSECONDS.toMillis(now - since));
        tokens += count;
        activity.tokens(now, count);
    }

    @Override
    public void done(Tally tally) {
        if (tokens == 0) activity.prompts(activity.now(), tally.promptTokens());
        activity.leave(this);
    }

    @Override
    public void failed(Fault fault) {
        activity.leave(this);
    }
}
