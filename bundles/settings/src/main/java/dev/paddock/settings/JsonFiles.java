package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * A directory of {@code <pid>.json} files, each one flat object. A file that cannot be read is complained of with its
 * line and column; the others count all the same.
 */
final class JsonFiles {
    private static final String SUFFIX = ".json";
    private static final long MAX_BYTES = 1 << 20;
    private static final int MAX_FILES = 1_000;
    private static final Pattern PID = Pattern.compile("[A-Za-z0-9_.]{1,200}(~[A-Za-z0-9_.-]{1,100})?");

    private final Path directory;
    private final Consumer<String> complaints;

    JsonFiles(Path directory, Consumer<String> complaints) {
        this.directory = directory;
        this.complaints = complaints;
    }

    /** All values, in the order of the files' names; the source of each is its file. None if there is no directory. */
    List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (Path file : files()) {
            try {
                read(file).forEach((key, value) -> settings.add(new Setting(pid(file), key, value, file.toString())));
            } catch (IOException e) {
                complaints.accept(e.getMessage() + "; nothing of this file is used");
            }
        }
        return settings;
    }

    /** The files, by name. */
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (!Files.isDirectory(directory)) return files;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path entry : entries) {
                if (files.size() == MAX_FILES) {
                    complaints.accept(directory + " holds more than " + MAX_FILES + " files; the rest is not read");
                    break;
                }
                files.add(entry);
            }
        } catch (IOException | RuntimeException e) {
            complaints.accept("the directory " + directory + " cannot be read: " + e.getMessage());
        }
        Collections.sort(files);
        return files;
    }

    /** The configuration that a file is for. */
    static String pid(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** The file of a configuration. */
    Path file(String pid) {
        return directory.resolve(pid + SUFFIX);
    }

    /**
     * The values in a file, by key.
     *
     * @throws IOException with a message that names the file, and the place in it where it is no flat JSON object
     */
    static Map<String, Object> read(Path file) throws IOException {
        if (!PID.matcher(pid(file)).matches()) {
            throw new IOException(file + " cannot be read: its name must be <pid>.json or <pid>~<name>.json");
        }
        if (Files.size(file) > MAX_BYTES) throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
        try {
            return FlatJson.read(Files.readAllBytes(file));
        } catch (JacksonException e) {
            var at = e.getLocation();
            String where = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new IOException(file + where + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Puts these values into the place of a file, whole or not at all. */
    static void write(Path file, Map<String, Object> values) throws IOException {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling("." + file.getFileName() + ".part");
        Files.writeString(next, FlatJson.write(values));
        try (FileChannel written = FileChannel.open(next, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
