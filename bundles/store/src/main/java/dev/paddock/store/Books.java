package dev.paddock.store;

import java.time.Duration;

/**
 * What the store remembers about its files.
 *
 * @param damage blobs that cannot be used
 * @param proofs blobs that were read and are sound
 * @param uses when models were used
 * @param promises blobs that are about to be used
 */
record Books(DamageBook damage, Proofs proofs, LastUse uses, Promises promises) {
    static Books of(StoreLayout layout, Duration grace) {
        return new Books(
                new DamageBook(layout),
                new Proofs(layout),
                new LastUse(layout),
                new Promises(layout.promised(), grace));
    }

    /** Recalls what is on the disk. */
    void load() {
        damage.load();
        proofs.load();
        uses.load();
    }

    /** Writes what is new. */
    void flush() {
        proofs.flush();
        uses.flush();
    }
}
