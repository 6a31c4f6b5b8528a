package dev.paddock.metrics;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.explain.Decision;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.Serving;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import java.util.Locale;
import jdk.jfr.Category;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** One request in the flight recorder: an event for each of its phases, one after the other. */
final class Flight implements Watch {
    private final Work work;
    private Phase phase = new Queue();
    private int tokens;

    Flight(Work work) {
        this.work = work;
        phase.begin();
    }

    @Override
    public synchronized void granted(Serving serving) {
        if (phase instanceof Queue queue) queue.load = serving.load().toMillis();
        next(new Prompt());
    }

    @Override
    public synchronized void prompted(int count) {
        tokens = count;
        next(new Prefill());
    }

    @Override
    public synchronized void generated(int count) {
        if (count == 0) return;
        if (phase instanceof Prefill) {
            next(new Decode());
            tokens = 0;
        }
        tokens += count;
    }

    @Override
    public synchronized void done(Tally tally) {
        over("done");
    }

    @Override
    public synchronized void failed(Fault fault) {
        over(fault.name().toLowerCase(Locale.ROOT));
    }

    private void next(Phase following) {
        over("");
        phase = following;
        phase.begin();
    }

    private void over(String outcome) {
        phase.request = work.asker().request();
        phase.model = work.model();
        phase.identity = work.asker().identity().name();
        phase.tokens = tokens;
        phase.outcome = outcome;
        phase.commit();
    }

    /** A model came into memory. */
    static void loaded(Decision decision) {
        Load load = new Load();
        load.model = decision.model();
        if (decision.numbers().get("loadMillis") instanceof Number millis) load.time = millis.longValue();
        load.commit();
    }

    @Category("Paddock")
    @StackTrace(false)
    private abstract static class Phase extends Event {
        @Label("Request")
        String request;

        @Label("Model")
        String model;

        @Label("Key")
        String identity;

        @Label("Tokens of prompt, or generated")
        int tokens;

        @Label("How the request ended, if here")
        String outcome;
    }

    @Name("paddock.Queue")
    @Label("Waiting for the model")
    private static final class Queue extends Phase {
        @Label("Of it: loading")
        @Timespan(Timespan.MILLISECONDS)
        long load;
    }

    @Name("paddock.Prompt")
    @Label("Making the prompt")
    private static final class Prompt extends Phase {}

    @Name("paddock.Prefill")
    @Label("Computing the prompt")
    private static final class Prefill extends Phase {}

    @Name("paddock.Decode")
    @Label("Generating")
    private static final class Decode extends Phase {}

    @Name("paddock.Load")
    @Label("A model was loaded")
    @Category("Paddock")
    @StackTrace(false)
    private static final class Load extends Event {
        @Label("Model")
        String model;

        @Label("Time")
        @Timespan(Timespan.MILLISECONDS)
        long time;
    }
}
