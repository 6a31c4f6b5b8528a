package dev.paddock.engine;

import dev.paddock.api.engine.MemoryUse;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what models would take, in memory and in small text files. What fails on disk costs a question more, no
 * answer; a damaged file is dropped. Safe for many threads.
 */
final class FitStore {
    private static final Logger LOG = LoggerFactory.getLogger(FitStore.class);
    private static final String FIRST = "paddock fits 1";
    private static final String LAST = "end";
    private static final String SUFFIX = ".fits";
    private static final int MOST_IN_MEMORY = 256;
    private static final int MOST_ON_DISK = 1024;

    private final Path directory;
    private final Map<String, Message.Fits> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Message.Fits> eldest) {
            return size() > MOST_IN_MEMORY;
        }
    };

    FitStore(Path directory) {
        this.directory = directory;
    }

    /** @param key hexadecimal digits */
    synchronized Optional<Message.Fits> get(String key) {
        var fits = known.get(key);
        if (fits != null) return Optional.of(fits);
        var read = read(directory.resolve(key + SUFFIX));
        read.ifPresent(found -> known.put(key, found));
        return read;
    }

    synchronized void put(String key, Message.Fits fits) {
        known.put(key, fits);
        try {
            Files.createDirectories(directory);
            Path fresh = Files.createTempFile(directory, ".new-", SUFFIX);
            try {
                Files.write(fresh, lines(fits));
                Files.move(
                        fresh,
                        directory.resolve(key + SUFFIX),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
            prune();
        } catch (IOException e) {
            LOG.warn("what a model takes could not be kept in {}: {}", directory, e.toString());
        }
    }

    private void prune() throws IOException {
        List<Path> files;
        try (var entries = Files.list(directory)) {
            files = entries.toList();
        }
        if (files.size() <= MOST_ON_DISK) return;
        var oldest =
                files.stream().sorted(Comparator.comparing(FitStore::changed)).toList();
        for (Path file : oldest.subList(0, files.size() - MOST_ON_DISK / 2)) Files.deleteIfExists(file);
    }

    private static long changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return 0; // gone meanwhile
        }
    }

    private static List<String> lines(Message.Fits fits) {
        List<String> lines = new ArrayList<>(List.of(FIRST, "layers " + fits.layers() + " " + fits.computed()));
        for (var row : fits.rows()) {
            lines.add("row " + row.gpuLayers() + " " + row.contextLength() + " " + row.parallel());
            for (MemoryUse use : row.uses()) {
                lines.add("use " + use.weightBytes() + " " + use.contextBytes() + " " + use.computeBytes() + " "
                        + use.device());
            }
        }
        lines.add(LAST);
        return lines;
    }

    private static Optional<Message.Fits> read(Path file) {
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            return Optional.of(fits(Files.readAllLines(file)));
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} is damaged and dropped: {}", file, e.toString());
            drop(file);
            return Optional.empty();
        }
    }

    private static void drop(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
        }
    }

    private static Message.Fits fits(List<String> lines) throws IOException {
        boolean whole = lines.size() > 2
                && lines.getFirst().equals(FIRST)
                && lines.getLast().equals(LAST);
        if (!whole) throw new IOException("it is cut off");
        String[] head = words(lines.get(1), "layers", 3);
        List<Message.FitRow> rows = new ArrayList<>();
        int at = 2;
        while (at < lines.size() - 1) {
            String[] row = words(lines.get(at++), "row", 4);
            List<MemoryUse> uses = new ArrayList<>();
            for (; lines.get(at).startsWith("use "); at++) uses.add(use(lines.get(at)));
            rows.add(new Message.FitRow(
                    Integer.parseInt(row[1]), Integer.parseInt(row[2]), Integer.parseInt(row[3]), uses));
        }
        return new Message.Fits(Integer.parseInt(head[1]), Boolean.parseBoolean(head[2]), rows);
    }

    private static MemoryUse use(String line) throws IOException {
        String[] use = words(line, "use", 5);
        return new MemoryUse(use[4], Long.parseLong(use[1]), Long.parseLong(use[2]), Long.parseLong(use[3]));
    }

    /** The last word may have blanks in it. */
    private static String[] words(String line, String first, int count) throws IOException {
        String[] words = line.split(" ", count);
        if (words.length != count || !words[0].equals(first)) throw new IOException("a line is no " + first);
        return words;
    }
}
