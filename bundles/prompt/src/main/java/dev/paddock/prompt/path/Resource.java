package dev.paddock.prompt.path;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Texts that lie beside these classes. */
final class Resource {
    private Resource() {}

    /** The whole text. */
    static String text(String name) {
        try (var stream = Resource.class.getResourceAsStream(name)) {
            if (stream == null) throw new IllegalStateException(name + " is missing in this bundle");
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
