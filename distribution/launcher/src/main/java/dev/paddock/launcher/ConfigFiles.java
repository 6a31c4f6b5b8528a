package dev.paddock.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The user's own settings, looked at before anything starts: a file that is no JSON counts for nothing, and a server that
 * came up without the keys or limits somebody wrote down would be worse than none. What the values mean is not looked at.
 */
final class ConfigFiles {
    private static final int MOST_BYTES = 1 << 20;

    private ConfigFiles() {}

    /**
     * Reads all of them; a home without any costs nothing.
     *
     * @throws LaunchException when one cannot be read, with file, line and column
     */
    static void check(Path directory) throws LaunchException {
        if (!Files.isDirectory(directory)) return;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
            for (Path file : files) read(file);
        } catch (IOException e) {
            throw refusal(directory + " cannot be read (" + e + ")", e);
        }
    }

    private static void read(Path file) throws LaunchException {
        try {
            if (Files.size(file) > MOST_BYTES) throw new IOException("it is larger than " + MOST_BYTES + " bytes");
            parse(Files.readAllBytes(file));
        } catch (JacksonException e) {
            var at = e.getLocation();
            String where = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw refusal(file + where + ": " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw refusal(file + " cannot be read (" + e + ")", e);
        }
    }

    private static void parse(byte[] text) {
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            while (parser.nextToken() != null) {
                // Only that it is JSON matters here.
            }
        }
    }

    private static LaunchException refusal(String what, Exception cause) {
        String line = what.replaceAll("\\s+", " ");
        return new LaunchException(Exit.SETTINGS, line + "; mend the file or move it away, then start again", cause);
    }
}
