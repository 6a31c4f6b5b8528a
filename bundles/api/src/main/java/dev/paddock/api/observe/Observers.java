package dev.paddock.api.observe;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.Serving;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells several observers, for those who have something to tell. What an observer throws harms nobody but itself. */
public final class Observers {
    private Observers() {}

    /** Tells all of a request. What comes back may be told an end more than once; only the first is passed on. */
    public static Watch begin(Collection<? extends Observer> observers, Work work) {
        List<Watch> watches = new ArrayList<>(observers.size());
        for (Observer observer : observers) guarded(() -> watches.add(observer.begins(work)));
        return new All(watches);
    }

    /** Tells all of an answer. */
    public static void answered(Collection<? extends Observer> observers, Answered answered) {
        for (Observer observer : observers) guarded(() -> observer.answered(answered));
    }

    /** Runs what a watch is to see the failure of; its success is for {@code work} to tell. */
    public static <T> T watched(Watch watch, Supplier<T> work) {
        try {
            return work.get();
        } catch (PaddockException e) {
            watch.failed(e.fault());
            throw e;
        } catch (RuntimeException | Error e) {
            watch.failed(Fault.INTERNAL);
            throw e;
        }
    }

    @SuppressWarnings("IllegalCatch") // an observer's bug must not become the request's
    private static boolean guarded(Runnable call) {
        try {
            call.run();
            return true;
        } catch (RuntimeException e) {
            System.getLogger(Observers.class.getName()).log(System.Logger.Level.WARNING, "an observer failed", e);
            return false;
        }
    }

    private static final class All implements Watch {
        /** Replaced as a whole, so that the loop over it needs no lock. */
        private volatile Watch[] watches;

        private final AtomicBoolean ended = new AtomicBoolean();

        All(List<Watch> watches) {
            this.watches = watches.toArray(Watch[]::new);
        }

        @Override
        public void granted(Serving serving) {
            each(watch -> watch.granted(serving));
        }

        @Override
        public void prompted(int tokens) {
            each(watch -> watch.prompted(tokens));
        }

        @Override
        public void generated(int tokens) {
            each(watch -> watch.generated(tokens));
        }

        @Override
        public void done(Tally tally) {
            if (ended.compareAndSet(false, true)) each(watch -> watch.done(tally));
        }

        @Override
        public void failed(Fault fault) {
            if (ended.compareAndSet(false, true)) each(watch -> watch.failed(fault));
        }

        private void each(Consumer<Watch> call) {
            for (Watch watch : watches) if (!guarded(() -> call.accept(watch))) drop(watch);
        }

        private synchronized void drop(Watch broken) {
            List<Watch> left = new ArrayList<>(List.of(watches));
            left.remove(broken);
            watches = left.toArray(Watch[]::new);
        }
    }
}
