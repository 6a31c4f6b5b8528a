package dev.paddock.store;

import dev.paddock.store.PartialPart.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parts of an unfinished download: always all of the content, each byte in one part. Files that are broken, overlap
 * or do not belong to a content of this size lose their progress, and only theirs.
 */
final class PartialParts {
    /** Small enough that many can come at once and that the digest, computed in order, is not far behind. */
    static final long PART_BYTES = 64L << 20;

    private static final int MAX_PARTS = 512;
    private static final int MAX_FILES = 4096;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

    private final Path content;
    private final long size;
    private final long thereBytes;
    private int nextNumber;

    private PartialParts(Path content, long size, long thereBytes) {
        this.content = content;
        this.size = size;
        this.thereBytes = thereBytes;
    }

    /**
     * Finds the parts that earlier attempts left, and makes those that are lacking.
     *
     * @param content the file of the content
     * @param size what it will be
     * @param thereBytes what it is now: nobody can have brought bytes behind its end
     */
    static List<PartialPart> open(Path content, long size, long thereBytes) throws IOException {
        return new PartialParts(content, size, thereBytes).open();
    }

    /** Removes the files of all parts. */
    static void delete(Path content) throws IOException {
        for (Path file : files(content).values()) Files.deleteIfExists(file);
    }

    /** What the files of all parts say is there, at most the size of the content's file. */
    static long completed(Path content, long thereBytes) throws IOException {
        long sum = 0;
        for (Path file : files(content).values()) {
            sum += PartialPart.read(file, Long.MAX_VALUE).map(Facts::completed).orElse(0L);
            if (sum < 0 || sum > thereBytes) return thereBytes;
        }
        return sum;
    }

    private List<PartialPart> open() throws IOException {
        SortedMap<Integer, Path> files = files(content);
        nextNumber = files.isEmpty() ? 0 : files.lastKey() + 1;
        List<Numbered> plan = new ArrayList<>();
        long end = 0;
        for (Numbered found : sound(files)) {
            if (found.facts().offset() < end) {
                Files.deleteIfExists(file(found.number()));
                continue;
            }
            fill(end, found.facts().offset(), plan);
            plan.add(found);
            end = found.facts().end();
        }
        fill(end, size, plan);
        return keep(plan);
    }

    private record Numbered(int number, Facts facts) {}

    private List<Numbered> sound(SortedMap<Integer, Path> files) throws IOException {
        List<Numbered> sound = new ArrayList<>();
        for (var file : files.entrySet()) {
            var facts = PartialPart.read(file.getValue(), size);
            if (facts.isPresent()) sound.add(new Numbered(file.getKey(), believable(facts.get())));
            else Files.deleteIfExists(file.getValue());
        }
        sound.sort(Comparator.comparingLong(n -> n.facts().offset()));
        return sound;
    }

    private Facts believable(Facts facts) {
        long there = Math.max(0, thereBytes - facts.offset());
        return new Facts(facts.offset(), facts.size(), Math.min(facts.completed(), there));
    }

    private void fill(long from, long to, List<Numbered> plan) {
        long step = Math.max(PART_BYTES, (size + MAX_PARTS - 1) / MAX_PARTS);
        for (long at = from; at < to; at += step) {
            plan.add(new Numbered(nextNumber++, new Facts(at, Math.min(step, to - at), 0)));
        }
    }

    private List<PartialPart> keep(List<Numbered> plan) throws IOException {
        List<PartialPart> parts = new ArrayList<>();
        try {
            for (Numbered each : plan) parts.add(PartialPart.keep(file(each.number()), each.number(), each.facts()));
            return parts;
        } catch (IOException e) {
            for (PartialPart part : parts) part.close();
            throw e;
        }
    }

    private Path file(int number) {
        return content.resolveSibling(content.getFileName() + "-" + number);
    }

    private static SortedMap<Integer, Path> files(Path content) throws IOException {
        SortedMap<Integer, Path> files = new TreeMap<>();
        String prefix = content.getFileName() + "-";
        try (var entries = Files.newDirectoryStream(content.getParent(), prefix + "*")) {
            for (Path entry : entries) {
                String number = entry.getFileName().toString().substring(prefix.length());
                boolean ours = NUMBER.matcher(number).matches()
                        && Integer.toString(Integer.parseInt(number)).equals(number);
                if (!ours || !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) continue;
                files.put(Integer.parseInt(number), entry);
                if (files.size() > MAX_FILES)
                    throw new IOException("too many files of parts of " + content.getFileName());
            }
        } catch (NoSuchFileException e) {
            return files;
        }
        return files;
    }
}
