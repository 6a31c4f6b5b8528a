package dev.paddock.store;

import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.GgufLimits;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The parts that reading, changing and housekeeping share.
 *
 * @param layout where things lie
 * @param current how it is kept in order, as is set now
 * @param lock to be held while manifests change or blobs go
 * @param tree the manifests
 * @param books what is remembered
 * @param blobs the content
 * @param gate reads GGUF files within the limits that are set
 * @param unread whether blobs came whose digests nobody has computed
 */
record Stock(
        StoreLayout layout,
        Supplier<StoreSettings> current,
        StoreLock lock,
        ManifestTree tree,
        Books books,
        Blobs blobs,
        GgufGate gate,
        AtomicBoolean unread) {
    /** How it is kept in order. */
    StoreSettings settings() {
        return current.get();
    }

    /** With the usual limits; touches no file. */
    static Stock of(StoreLayout layout, StoreSettings settings) {
        return of(layout, () -> settings, GgufGate.of(GgufLimits.DEFAULTS));
    }

    /** Touches no file. */
    static Stock of(StoreLayout layout, Supplier<StoreSettings> settings, GgufGate gate) {
        Books books = Books.of(layout, settings.get().grace());
        var blobs =
                new Blobs(layout, books, new Room(layout, () -> settings.get().room()));
        return new Stock(
                layout,
                settings,
                new StoreLock(layout),
                new ManifestTree(layout),
                books,
                blobs,
                gate,
                new AtomicBoolean());
    }
}
