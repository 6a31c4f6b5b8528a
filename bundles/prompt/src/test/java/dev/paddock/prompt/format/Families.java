package dev.paddock.prompt.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The table {@code families.txt}: which format reads the answers of which template, by their names. */
public final class Families {
    private Families() {}

    /** Names of formats by names of templates. */
    public static Map<String, String> formatByTemplate() {
        Map<String, String> formats = new LinkedHashMap<>();
        String format = "";
        for (String line : text("families.txt").split("\n")) {
            if (line.startsWith("#") || line.isBlank()) continue;
            if (!line.startsWith(" ")) format = line.strip();
            else if (formats.put(line.strip(), format) != null) throw new AssertionError("twice in table: " + line);
        }
        return formats;
    }

    static String text(String resource) {
        try (var in = Families.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
