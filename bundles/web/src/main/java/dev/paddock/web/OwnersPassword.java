package dev.paddock.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Tells whether somebody on this machine is whoever runs the server. Bundles are code that runs as that user, and taking
 * over a model reads whatever file that user may read, so it is not enough to be here: one must be able to read the
 * password that lies in the server's home for its owner's eyes, the one of the web console.
 *
 * @param file where it is
 */
record OwnersPassword(Path file) {
    /** The file's name in the home. */
    static final String FILE = "console-password";

    /** Whether that is the password; read again each time, as its owner may write another one. */
    boolean is(Optional<String> shown) {
        return shown.filter(text -> MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), expected()))
                .isPresent();
    }

    private byte[] expected() {
        try {
            String text = Files.readString(file).strip();
            // An empty file opens nothing: nobody can show an empty password.
            return text.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
