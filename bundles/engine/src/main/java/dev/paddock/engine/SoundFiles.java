package dev.paddock.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files that were found sound, each in the state that it was in then. Safe for many threads. */
final class SoundFiles {
    /** @param plain whether it is a regular file */
    record State(FileTime modified, long size, boolean plain) {}

    private final int most;
    /** Oldest first. */
    private final Map<Path, State> known = new LinkedHashMap<>();

    /** @param most how many are remembered */
    SoundFiles(int most) {
        this.most = most;
    }

    static State state(Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new State(attributes.lastModifiedTime(), attributes.size(), attributes.isRegularFile());
    }

    synchronized boolean knows(Path file, State state) {
        return state.equals(known.get(file));
    }

    synchronized void remember(Path file, State state) {
        known.put(file, state);
        if (known.size() > most) known.remove(known.keySet().iterator().next());
    }
}
