package dev.paddock.settings;

import dev.paddock.api.settings.Setting;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
                settings.addAll(read(file));
            } catch (JacksonException e) {
                var at = e.getLocation();
                String where = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
                complaints.accept(file + where + ": " + e.getOriginalMessage() + "; nothing of this file is used");
            } catch (IOException e) {
                complaints.accept(file + " cannot be read: " + e + "; nothing of this file is used");
            }
        }
        return settings;
    }

    private List<Path> files() {
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

    private List<Setting> read(Path file) throws IOException {
        String name = file.getFileName().toString();
        String pid = name.substring(0, name.length() - SUFFIX.length());
        if (!PID.matcher(pid).matches()) throw new IOException("its name must be <pid>.json or <pid>~<name>.json");
        if (Files.size(file) > MAX_BYTES) throw new IOException("it is larger than " + MAX_BYTES + " bytes");
        return FlatJson.read(Files.readAllBytes(file)).entrySet().stream()
                .map(e -> new Setting(pid, e.getKey(), e.getValue(), file.toString()))
                .toList();
    }
}
