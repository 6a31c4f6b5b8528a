package dev.paddock.engine;

import dev.paddock.api.engine.NativeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file in a directory that says how its files stood when they were verified: digest, size and the time of their last
 * change. It guards against accidents; who may write there could replace the seal as well.
 */
final class Seal {
    private static final String NAME = ".verified";
    private static final String ABSENT = "absent";

    private Seal() {}

    /** Whether these files were verified and nobody touched them since. */
    static boolean holds(Path directory, List<NativeFile> files) throws IOException {
        Path seal = directory.resolve(NAME);
        if (!Files.isRegularFile(seal)) return false;
        String now = text(directory, files);
        return !now.contains(ABSENT) && now.equals(Files.readString(seal));
    }

    /** Seals what has just been verified. */
    static void put(Path directory, List<NativeFile> files) throws IOException {
        Files.writeString(directory.resolve(NAME), text(directory, files));
    }

    private static String text(Path directory, List<NativeFile> files) throws IOException {
        var text = new StringBuilder();
        for (NativeFile file : files) {
            Path path = directory.resolve(file.name());
            String state = Files.isRegularFile(path) ? Files.size(path) + " " + changed(path) : ABSENT;
            text.append(file.sha256())
                    .append(' ')
                    .append(file.name())
                    .append(' ')
                    .append(state)
                    .append('\n');
        }
        return text.toString();
    }

    /** Where there is one, the time that no program can set. */
    private static Object changed(Path path) throws IOException {
        boolean unix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
        return Files.getAttribute(path, unix ? "unix:ctime" : "lastModifiedTime");
    }
}
