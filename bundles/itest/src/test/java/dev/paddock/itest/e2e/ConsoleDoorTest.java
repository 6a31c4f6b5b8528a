package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who comes into the web console of a started server, and who does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleDoorTest {
    private static final String BUNDLES = "/system/console/bundles";
    private static final String EXPLAIN = "dev.paddock.explain";

    private final HttpClient client = HttpClient.newHttpClient();
    private Server server;
    private String password;

    @BeforeAll
    void start() throws Exception {
        server = Server.start(Map.of());
        awaitConsole(server);
        password = Files.readString(server.home().resolve("console-password")).strip();
    }

    @AfterAll
    void stop() {
        client.close();
        if (server != null) server.close();
    }

    /** The console is of what starts last, after the server is ready. */
    static void awaitConsole(Server started) {
        Await.until(Duration.ofSeconds(60), "the console asks for a password", () -> started.status(BUNDLES) == 401);
    }

    private HttpRequest.Builder asking(String path, String shown) {
        byte[] login = ("admin:" + shown).getBytes(StandardCharsets.UTF_8);
        return server.request(path)
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
    }

    private HttpResponse<String> answer(HttpRequest.Builder asking) throws Exception {
        return client.send(asking.build(), BodyHandlers.ofString());
    }

    @Test
    void aPageOfAnotherOriginCannotActAsTheOperator() throws Exception {
        for (var forged : Map.of(
                        "Origin", "http://localhost:3000",
                        "Sec-Fetch-Site", "cross-site",
                        "Referer", "http://evil.example/")
                .entrySet()) {
            var stop = asking(BUNDLES + "/" + EXPLAIN, password)
                    .header(forged.getKey(), forged.getValue())
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("action=stop"));
            assertThat(answer(stop).statusCode()).as(forged.toString()).isEqualTo(403);
        }
        assertThat(server.status("/api/explain")).isEqualTo(200);
        var own = asking(BUNDLES, password)
                .header("Origin", server.address())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("action=refreshPackages"));
        assertThat(answer(own).statusCode()).isEqualTo(200);
    }

    @Test
    void everyPageHasAPolicyAndOursTheStrictest() throws Exception {
        assertThat(answer(asking(BUNDLES, password)).headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'"));
        var page = answer(asking("/system/console/paddock", password));
        assertThat(page.body()).contains("<title>Paddock console</title>").doesNotContain(password);
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).doesNotContain("unsafe"));
        assertThat(answer(asking("/system/console", password)).headers().firstValue("Location"))
                .hasValueSatisfying(place -> assertThat(place).endsWith("/system/console/paddock"));
    }

    @Test
    void theTicketIsForTheOperatorsOwnPage() throws Exception {
        String path = "/system/console/paddock/ticket";
        assertThat(server.post(path, "").statusCode()).isEqualTo(401);
        assertThat(answer(asking(path, password)).statusCode()).as("GET").isEqualTo(404);
        var ticket = answer(asking(path, password).POST(BodyPublishers.noBody()));
        assertThat(ticket.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(ticket.body()).startsWith("pt-").doesNotContain(password);
        var keys = server.request("/api/keys").header("Authorization", "Bearer " + ticket.body());
        assertThat(answer(keys).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutItsDoorTheConsoleIsShut() throws Exception {
        server.gogo("felix:stop dev.paddock.console");
        try {
            assertThat(answer(asking(BUNDLES, password)).statusCode()).isEqualTo(404);
        } finally {
            server.gogo("felix:start " + id());
        }
        awaitConsole(server);
        assertThat(answer(asking(BUNDLES, password)).statusCode()).isEqualTo(200);
    }

    private String id() throws Exception {
        return server.gogo("felix:lb -s")
                .lines()
                .filter(line -> line.contains("dev.paddock.console"))
                .map(line -> line.split("\\|")[0].strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theOwnersShellChangesSettings() throws Exception {
        String setting = " dev.paddock.scheduler keep.alive ";
        assertThat(server.gogo("config set" + setting + "9m")).contains("keep.alive is 9m");
        assertThat(server.gogo("config keep.alive")).contains("9m");
        assertThat(server.gogo("config history")).contains("shell", "9m");
        assertThat(server.gogo("config unset" + setting)).contains("keep.alive is 5m");
        assertThat(server.gogo("config set" + setting + "soon")).contains("error", "soon");
        assertThat(server.gogo("config set keep.alive")).contains("config set PID KEY VALUE");
    }

    @Test
    void theOwnersShellMakesAndEndsKeys() throws Exception {
        String made = server.gogo("keys create anna infer models.read");
        assertThat(made).startsWith("anna: pk-");
        assertThat(server.gogo("keys"))
                .contains("anna", "infer models.read")
                .doesNotContain(made.substring(6).strip());
        assertThat(server.gogo("keys rotate anna")).startsWith("anna: pk-").isNotEqualTo(made);
        assertThat(server.gogo("keys revoke anna")).contains("anna is revoked");
        assertThat(server.gogo("keys create ben root")).contains("error", "no scope root");
        assertThat(server.gogo("keys")).contains("there is no key");
    }

    @Test
    void guessesAreSlowedDownAndPasswordsAreInNoLog() throws Exception {
        try (Server other = Server.start(Map.of())) {
            awaitConsole(other);
            String right =
                    Files.readString(other.home().resolve("console-password")).strip();
            HttpResponse<String> last = null;
            for (int i = 0; i < 8; i++) {
                byte[] login = ("admin:guess-" + i).getBytes(StandardCharsets.UTF_8);
                last = client.send(
                        other.request(BUNDLES)
                                .header(
                                        "Authorization",
                                        "Basic " + Base64.getEncoder().encodeToString(login))
                                .build(),
                        BodyHandlers.ofString());
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.headers().firstValue("Retry-After")).isPresent();
            Path log = other.home().resolve("logs/paddock.log");
            assertThat(Files.readString(log) + other.output())
                    .contains("wrong password for the console")
                    .doesNotContain("guess-", right);
        }
    }
}
