package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The example policy decides in a running server from the moment it is installed until it is gone. */
class PolicyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NAME = "dev.paddock.policy-first-come";

    @Test
    void anotherPolicyDecidesWhileItIsInstalled() throws Exception {
        try (Server server = Server.start(Map.of())) {
            assertThat(policyOfAnAnswer(server)).isEmpty();
            server.gogo("felix:start " + bundle().toUri());
            Await.until(PATIENCE, "it decides", () -> policyOfAnAnswer(server).equals("first come"));
            server.gogo("felix:uninstall " + id(server));
            Await.until(PATIENCE, "the server's own decides", () -> policyOfAnAnswer(server)
                    .isEmpty());
        }
    }

    /** Asks something, and who decided about it. */
    private static String policyOfAnAnswer(Server server) throws Exception {
        server.ask("/api/generate", Map.of("model", "starter", "prompt", "Who are you?", "stream", false));
        return Server.JSON
                .readTree(server.get("/api/explain?limit=1").body())
                .path("decisions")
                .path(0)
                .path("numbers")
                .path("policy")
                .asString("");
    }

    private static String id(Server server) throws Exception {
        return server.gogo("felix:lb -s")
                .lines()
                .filter(line -> line.contains(NAME))
                .map(line -> line.split("\\|")[0].strip())
                .findFirst()
                .orElseThrow();
    }

    private static Path bundle() throws Exception {
        Path target = Layout.root().resolve("examples/policy-first-come/target");
        return Layout.jars(target).stream()
                .filter(jar -> !jar.getFileName().toString().contains("sources"))
                .findFirst()
                .orElseThrow();
    }
}
