package dev.paddock.store;

/** Holds a rate by sleeping. One thread. */
final class Pace {
    private final long rate;
    private final long start = System.nanoTime();
    private long done;

    /** @param rate bytes a second; 0 = as fast as it goes */
    Pace(long rate) {
        this.rate = rate;
    }

    /** So many bytes were read: sleeps until they were allowed. */
    void read(long bytes) throws InterruptedException {
        if (Thread.interrupted()) throw new InterruptedException();
        if (rate <= 0) return;
        done += bytes;
        double due = 1e9 * done / rate;
        long early = (long) (due - (System.nanoTime() - start));
        if (early > 1_000_000) Thread.sleep(early / 1_000_000);
    }
}
