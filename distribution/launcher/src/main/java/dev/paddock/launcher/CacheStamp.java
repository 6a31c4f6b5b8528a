package dev.paddock.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Says whether a cache was made from what is here now: same Java, same directories, same jars. */
final class CacheStamp {
    private static final String FILE = "stamp";

    private CacheStamp() {}

    /**
     * A digest over the Java version, the given facts and each jar's path, size and time of change.
     *
     * @param jars in any order; one that is not there counts as absent
     */
    static String of(List<Path> jars, String... facts) {
        var text = new StringBuilder(System.getProperty("java.vm.version")).append('\n');
        for (String fact : facts) text.append(fact).append('\n');
        jars.stream().sorted().forEach(jar -> text.append(line(jar)).append('\n'));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static String line(Path jar) {
        try {
            return jar + " " + Files.size(jar) + " " + Files.getAttribute(jar, changeTime(jar));
        } catch (IOException _) {
            return jar + " absent";
        }
    }

    /** Where there is one, the time the file came here: unpacked jars all bear the same time of modification. */
    private static String changeTime(Path jar) {
        return jar.getFileSystem().supportedFileAttributeViews().contains("unix") ? "unix:ctime" : "lastModifiedTime";
    }

    /** Empties {@code directory} unless it carries this stamp; says whether it was kept. */
    static boolean keepOrEmpty(Path directory, String stamp) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file) && Files.readString(file).equals(stamp)) return true;
        deleteTree(directory);
        Files.createDirectories(directory);
        Files.writeString(file, stamp);
        return false;
    }

    /** Deletes a directory and all below it, without following links; nothing happens when it is not there. */
    static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) return;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
