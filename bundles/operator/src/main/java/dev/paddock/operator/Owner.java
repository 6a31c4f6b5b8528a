package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Tells whether a client is whoever runs the server. A bundle is code that runs as that user, and taking over a model reads
 * whatever file that user may read, so it is not enough to be on the same machine: one must be able to read the password that lies in the server's home for its owner's eyes, the one of
 * the web console.
 *
 * @param password the file
 */
record Owner(Path password) {
    /** The file's name in the home. */
    static final String FILE = "console-password";

    /** @throws PaddockException with {@link Fault#UNSUPPORTED} when it is somebody else */
    void require(Call call) {
        if (!call.local()) {
            throw new PaddockException(
                    Fault.UNSUPPORTED, "this is done from the machine of the server only, not through a proxy");
        }
        byte[] shown = call.bearer().orElse("").getBytes(StandardCharsets.UTF_8);
        if (shown.length == 0 || !MessageDigest.isEqual(shown, expected())) {
            throw new PaddockException(
                    Fault.UNSUPPORTED,
                    "this is for the server's owner only: send the password in the file " + FILE
                            + " of its home as Authorization: Bearer, as the command paddock does");
        }
    }

    private byte[] expected() {
        try {
            return Files.readString(password).strip().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new PaddockException(
                    Fault.UNSUPPORTED, "the server's home has no readable file " + FILE + "; restart the server", e);
        }
    }
}
