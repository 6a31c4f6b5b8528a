package dev.paddock.itest.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles together, with the fake engine: they resolve, start, answer, and none disturbs another by leaving. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerTest {
    private static final String CHAT =
            "{\"model\":\"starter\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";

    @TempDir
    static Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private Container container;
    private String address;

    @BeforeAll
    void start() throws Exception {
        container = Container.start(Files.createDirectories(home.resolve("data")));
        container.service("dev.paddock.api.inference.InferenceService");
        address = container.address();
        await("/api/version");
        await("/v1/models");
        await("/readyz");
    }

    @AfterAll
    void stop() throws Exception {
        container.close();
    }

    @Test
    void everyBundleResolvesAndStarts() {
        assertThat(container.context().getBundles())
                .filteredOn(b -> b.getHeaders("").get("Fragment-Host") == null)
                .allMatch(b -> b.getState() == Bundle.ACTIVE, "is active");
    }

    @Test
    void aBundleThatLeavesRefreshesNoOther() {
        var wiring = container.context().getBundle(0).adapt(FrameworkWiring.class);
        for (Bundle bundle : container.ours()) {
            if (List.of("dev.paddock.api", "dev.paddock.gguf").contains(bundle.getSymbolicName())) continue;
            assertThat(wiring.getDependencyClosure(List.of(bundle)))
                    .as("what goes with %s", bundle.getSymbolicName())
                    .containsExactly(bundle);
        }
    }

    @Test
    void bothDialectsAnswerWithTheScriptedEngine() throws Exception {
        assertThat(post("/api/chat", CHAT.formatted(false, "fake:say=It works."))
                        .body())
                .contains("It works.");
        assertThat(post("/v1/chat/completions", CHAT.formatted(false, "fake:say=It works."))
                        .body())
                .contains("It works.");
    }

    @Test
    void aStoppedDialectDrainsItsStreamsAndComesBack() throws Exception {
        Bundle dialect = container.bundle("dev.paddock.dialect-ollama");
        var held = stream("fake:hold=1\\nfake:say=one two three four");
        await("/api/ps", "\"running\":1");
        var stopped = CompletableFuture.runAsync(() -> stop(dialect));
        awaitStatus("/api/tags", 503);
        post("/v1/chat/completions", CHAT.formatted(false, "fake:open"));
        assertThat(held.get().body()).contains("\"done\":true").doesNotContain("error");
        stopped.get();
        dialect.start();
        await("/api/version");
    }

    @Test
    void anInterceptorCountsForAsLongAsItsBundleIsThere() throws Exception {
        String clock = "{\"role\":\"system\",\"content\":\"Be brief.\\nCurrent time: 12:34:56\"},";
        String chat = CHAT.formatted(false, "Hello.").replace("[", "[" + clock);
        assertThat(post("/api/chat", chat).body()).contains("Hello.\\n\\nCurrent time: 12:34:56");
        Bundle hygiene = container.bundle("dev.paddock.hygiene");
        hygiene.stop();
        assertThat(post("/api/chat", chat).body()).contains("Hello.").doesNotContain("12:34:56");
        hygiene.start();
        assertThat(post("/api/chat", chat).body()).contains("12:34:56");
    }

    @Test
    void aCrashIsAnErrorInTheStreamNotAnEnd() throws Exception {
        var answer = post("/api/chat", CHAT.formatted(true, "fake:crash=2\\nfake:say=one two three four"));
        assertThat(answer.body()).contains("\"error\"").doesNotContain("\"done\":true");
        assertThat(post("/api/chat", CHAT.formatted(false, "fake:say=again")).body())
                .contains("again");
    }

    @Test
    void aChatFormatThatIsInstalledReadsTheNextAnswersUntilItGoes() throws Exception {
        String asked = CHAT.formatted(false, "fake:say=[[Two and two.]]Four.");
        assertThat(post("/api/chat", asked).body()).contains("[[Two and two.]]Four.");
        Path jar = FormatBundle.make(Files.createDirectories(home.resolve("format")));
        Bundle format = container.context().installBundle(jar.toUri().toString());
        format.start();
        assertThat(post("/api/chat", asked).body())
                .contains("\"thinking\":\"Two and two.\"")
                .contains("\"content\":\"Four.\"");
        format.uninstall();
        assertThat(post("/api/chat", asked).body()).contains("[[Two and two.]]Four.");
    }

    private CompletableFuture<HttpResponse<String>> stream(String words) {
        var request = HttpRequest.newBuilder(URI.create(address + "/api/chat"))
                .POST(HttpRequest.BodyPublishers.ofString(CHAT.formatted(true, words)))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private void await(String path) throws Exception {
        awaitStatus(path, 200);
    }

    private void awaitStatus(String path, int status) throws Exception {
        for (int i = 0; get(path).statusCode() != status; i++) {
            assertThat(i)
                    .as("%s answers %s: %s", path, status, get(path).body())
                    .isLessThan(400);
            Thread.sleep(25);
        }
    }

    private void await(String path, String content) throws Exception {
        for (int i = 0; !get(path).body().contains(content); i++) {
            assertThat(i).as("%s says %s: %s", path, content, get(path).body()).isLessThan(400);
            Thread.sleep(25);
        }
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    private static void stop(Bundle bundle) {
        try {
            bundle.stop();
        } catch (org.osgi.framework.BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}
