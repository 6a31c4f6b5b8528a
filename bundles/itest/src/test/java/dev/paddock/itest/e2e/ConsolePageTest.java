package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The console's page in a real browser, against a server of its own whose bundles it may change. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsolePageTest {
    private static final BrowserScript SCRIPT = new BrowserScript("console.mjs");

    @TempDir
    static Path scratch;

    private Server server;

    @BeforeAll
    void start() throws Exception {
        BrowserScript.needsABrowser();
        server = Server.start(Map.of(), Map.of(), Installation.copy(scratch.resolve("paddock"), "backend-vulkan"));
        SlowModel.install(server);
        ConsoleDoorTest.awaitConsole(server);
    }

    @AfterAll
    void stop() {
        if (server != null) server.close();
    }

    @Test
    void aModelIsSeenLoadingAndUnloaded() throws Exception {
        assertThat(run("models").size()).isPositive();
        assertThat(server.loaded("slow").isMissingNode()).isTrue();
    }

    @Test
    void aBackendIsInstalledPinnedAndRemoved() throws Exception {
        Path jar = Layout.bundles().stream()
                .filter(bundle -> bundle.getFileName().toString().contains("backend-vulkan"))
                .findFirst()
                .orElse(null);
        assumeTrue(jar != null, "this distribution has no Vulkan backend");
        assertThat(run("backends", jar.toString()).asString()).isIn("usable", "refused");
        assertThat(server.get("/api/backends").body()).doesNotContain("vulkan");
    }

    @Test
    void whatIsNoBundleIsRefusedInTheServersWords() throws Exception {
        assertThat(run("wrongBundle").asString()).isNotBlank();
    }

    @Test
    void aKeyIsCreatedShownOnceRotatedAndRevoked() throws Exception {
        JsonNode secrets = run("keys");
        assertThat(server.get("/api/keys").body()).doesNotContain("ci-server");
        String log = Files.readString(server.home().resolve("logs/paddock.log"));
        for (JsonNode secret : secrets) assertThat(log).doesNotContain(secret.asString());
    }

    @Test
    void aSettingIsChangedAndReverted() throws Exception {
        assertThat(run("settings").asString()).isEqualTo("5m");
    }

    @Test
    void aChosenPasswordIsKeptAsAHash() throws Exception {
        Path chosen = server.home().resolve("console-login");
        assertThat(run("password").asString()).isEqualTo("changed");
        assertThat(Files.readString(chosen)).startsWith("pbkdf2-sha256$").doesNotContain("longer");
        Files.delete(chosen);
    }

    /** What each holds the page to stands in the script. */
    @ParameterizedTest
    @ValueSource(strings = {"drain", "absent", "hostile", "others", "looks"})
    void thePageHoldsItsWord(String name) throws Exception {
        assertThat(run(name).isMissingNode()).isFalse();
    }

    private JsonNode run(String name, String... more) throws Exception {
        String password =
                Files.readString(server.home().resolve("console-password")).strip();
        String[] arguments = new String[more.length + 1];
        arguments[0] = password;
        System.arraycopy(more, 0, arguments, 1, more.length);
        return SCRIPT.run(server, name, arguments);
    }
}
