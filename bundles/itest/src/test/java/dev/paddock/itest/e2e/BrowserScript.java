package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A script in {@code bundles/itest/browser} that drives Chromium, one case a run. It fails when the page logs an error or
 * asks another host for anything. Screenshots lie in {@code target/screenshots}.
 *
 * @param name the file's name
 */
public record BrowserScript(String name) {
    private static final int PATIENCE_SECONDS = 180;
    private static final Path SCRIPTS = Layout.root().resolve("bundles/itest/browser");

    /** Skips the test where there is no browser. */
    public static void needsABrowser() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/chromium")),
                "Chromium is missing; ./test installs it (Debian: chromium)");
        assumeTrue(
                Files.isDirectory(SCRIPTS.resolve("node_modules")),
                "playwright-core and axe-core are not installed; ./test installs them (npm ci in bundles/itest/browser)");
    }

    /**
     * Runs one case against a server.
     *
     * @param more what the script takes besides
     * @return what it says at its end
     */
    public JsonNode run(Server server, String test, String... more) throws Exception {
        Path screenshots = Files.createDirectories(Layout.root().resolve("bundles/itest/target/screenshots"));
        Path said = Files.createTempFile("paddock-browser-", ".json");
        List<String> command = new ArrayList<>(
                List.of("node", SCRIPTS.resolve(name).toString(), server.address(), test, screenshots.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            String words = Files.readString(said);
            assertThat(ended).as("%s ends; it said: %s", test, words).isTrue();
            JsonNode last = Server.JSON.readTree(words);
            assertThat(last.path("error").asString("")).as(test).isEmpty();
            assertThat(last.has("done")).as("%s said: %s", test, words).isTrue();
            return last.path("done");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(said);
        }
    }
}
