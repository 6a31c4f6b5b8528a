package dev.paddock.cli.template;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that the user names; {@code -} is standard input.
 *
 * @param name as the user wrote it
 */
record InputFile(String name) {
    private static final int MOST_BYTES = 16 << 20;
    private static final String STANDARD_INPUT = "-";

    /** How messages call it. */
    String display() {
        return name.equals(STANDARD_INPUT) ? "standard input" : name;
    }

    /** All that is in it, at most 16 MiB. */
    byte[] bytes(Site site) {
        try (InputStream in = name.equals(STANDARD_INPUT) ? site.in() : Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) throw new Failure(display() + " is larger than " + MOST_BYTES + " bytes");
            return bytes;
        } catch (NoSuchFileException e) {
            throw new Failure("there is no file " + name);
        } catch (IOException e) {
            throw new Failure(display() + " cannot be read: " + e.getMessage());
        }
    }

    /** The text in it. */
    String text(Site site) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(site)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Failure(display() + " is not UTF-8");
        }
    }
}
