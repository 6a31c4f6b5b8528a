package dev.paddock.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then whether files changed: times and sizes only, which costs a running server nothing worth naming. A
 * file counts when it stayed the same from one look to the next, so that nobody reads the half of one.
 */
final class FileWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileWatch.class);

    private record Stamp(FileTime time, long size) {}

    private final Supplier<List<Path>> files;
    private final Duration pause;
    private final Consumer<Path> changed;
    private final Thread thread;
    private Map<Path, Stamp> told;
    private Map<Path, Stamp> last;

    /** @param changed is told of files that came, changed or went */
    FileWatch(Supplier<List<Path>> files, Duration pause, Consumer<Path> changed) {
        this.files = files;
        this.pause = pause;
        this.changed = changed;
        this.told = stamps();
        this.last = told;
        this.thread = Thread.ofVirtual().name("settings-files").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(pause);
                look();
            }
        } catch (InterruptedException e) {
            LOG.debug("the files of settings are watched no longer", e);
        }
    }

    private void look() {
        Map<Path, Stamp> now = stamps();
        Map<Path, Stamp> before = last;
        last = now;
        if (now.equals(told)) return;
        var names = new TreeSet<>(told.keySet());
        names.addAll(now.keySet());
        for (Path file : names) {
            Stamp stamp = now.get(file);
            boolean settled = stamp == null || stamp.equals(before.get(file));
            if (!settled || (stamp == null ? !told.containsKey(file) : stamp.equals(told.get(file)))) continue;
            if (stamp == null) told.remove(file);
            else told.put(file, stamp);
            tell(file);
        }
    }

    private void tell(Path file) {
        try {
            changed.accept(file);
        } catch (RuntimeException e) {
            LOG.error("{} changed and could not be taken up", file, e);
        }
    }

    private Map<Path, Stamp> stamps() {
        Map<Path, Stamp> stamps = new TreeMap<>();
        for (Path file : files.get()) {
            try {
                stamps.put(file, new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
            } catch (IOException e) {
                LOG.debug("{} went while it was looked at", file, e);
            }
        }
        return stamps;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
