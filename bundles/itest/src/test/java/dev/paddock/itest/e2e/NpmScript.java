package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A script in {@code bundles/itest/clients} that drives a package from npm and prints what it saw. */
final class NpmScript {
    private static final int PATIENCE_SECONDS = 180;

    private NpmScript() {}

    /**
     * Runs one against a server; the test is skipped where the package is not installed.
     *
     * @return the JSON that it printed
     */
    static JsonNode run(String script, String npmPackage, Server server) throws Exception {
        Path clients = Layout.root().resolve("bundles/itest/clients");
        assumeTrue(
                Files.isDirectory(clients.resolve("node_modules").resolve(npmPackage)),
                "the npm clients are not installed; ./test installs them (npm ci in bundles/itest/clients)");
        Path out = Files.createTempFile("client", ".out");
        try {
            var process = new ProcessBuilder("node", clients.resolve(script).toString(), server.address())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(out)).isZero();
            return Server.JSON.readTree(Files.readString(out));
        } finally {
            Files.delete(out);
        }
    }
}
