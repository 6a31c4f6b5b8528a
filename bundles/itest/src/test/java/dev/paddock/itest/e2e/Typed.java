package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a command did.
 *
 * @param code its exit code
 */
record Typed(int code, String out, String err) {
    /** Runs {@code paddock} with these words against a server. */
    static Typed at(Server server, String... words) throws Exception {
        return at(server.home(), server.port(), words);
    }

    /** Runs {@code paddock} told which home and port to use. */
    static Typed at(Path home, int port, String... words) throws Exception {
        Path out = Files.createTempFile("paddock-typed", ".out");
        Path err = Files.createTempFile("paddock-typed", ".err");
        try {
            Process process = Server.command(home, port, Map.of(), words)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
            return new Typed(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** The same, for what must work. */
    static Typed fine(Server server, String... words) throws Exception {
        Typed typed = at(server, words);
        assertThat(typed.code())
                .as(String.join(" ", words) + ": " + typed.err())
                .isZero();
        return typed;
    }
}
