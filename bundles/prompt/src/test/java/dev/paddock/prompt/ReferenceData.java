package dev.paddock.prompt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.prompt.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** JSON lines for tests: of the repository, and of the reference data that is not part of it. */
public final class ReferenceData {
    private ReferenceData() {}

    /** Lines of a file in {@code shared/data}, or where {@code paddock.reference.data} says; else the test is skipped. */
    public static List<Map<String, Object>> shared(String folder, String file) {
        Path path = folder().resolve(folder).resolve(file);
        assumeTrue(Files.isReadable(path), "reference data not found, skipped: " + folder + "/" + file);
        try {
            return lines(Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of a resource beside this class. */
    static List<Map<String, Object>> own(String name) {
        return lines(text(name));
    }

    /** A resource beside this class. */
    public static String text(String name) {
        try (var in = ReferenceData.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Map<String, Object>> lines(String text) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : text.split("\n")) {
            if (!line.isEmpty()) lines.add(JsonReader.object(line).orElseThrow());
        }
        return lines;
    }

    private static Path folder() {
        String given = System.getProperty("paddock.reference.data");
        if (given != null) return Path.of(given);
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path data = at.resolve("shared").resolve("data");
            if (Files.isDirectory(data)) return data;
        }
        return Path.of("no-reference-data");
    }
}
