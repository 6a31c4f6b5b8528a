package dev.paddock.itest.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** {@code /} belongs to the Ollama API and to the chat page: each is there without the other. */
class RootTest {
    private static final String PAGE = "<title>Paddock</title>";
    private static final String BROWSER = "text/html,*/*;q=0.8";
    private static final String PROBE = "*/*";

    @TempDir
    static Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private String address;

    @Test
    void browsersGetThePageAndProbesTheirWordsForAsLongAsTheBundlesAreThere() throws Exception {
        try (Container container = Container.start(home)) {
            container.service("dev.paddock.api.inference.InferenceService");
            address = container.address();
            Bundle ollama = container.bundle("dev.paddock.dialect-ollama");
            Bundle chat = container.bundle("dev.paddock.chat");
            assertRoot(PAGE, "Ollama is running");
            await("/readyz", PROBE, "[+]routes: all servlets are reachable");
            ollama.stop();
            assertRoot(PAGE, "Paddock is running");
            chat.stop();
            assertRoot("404 page not found", "404 page not found");
            ollama.start();
            assertRoot("Ollama is running", "Ollama is running");
            await("/chat/app.js", PROBE, "404 page not found");
            chat.start();
            assertRoot(PAGE, "Ollama is running");
            await("/chat/app.js", PROBE, "new Page()");
        } finally {
            client.shutdownNow();
        }
    }

    private void assertRoot(String page, String probe) throws Exception {
        await("/", BROWSER, page);
        await("/", PROBE, probe);
    }

    /** Servlets come and go a moment after their services. */
    private void await(String path, String accept, String content) throws Exception {
        for (int i = 0; !get(path, accept).contains(content); i++) {
            assertThat(i)
                    .as("%s for %s says %s: %s", path, accept, content, get(path, accept))
                    .isLessThan(400);
            Thread.sleep(25);
        }
    }

    private String get(String path, String accept) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path)).header("Accept", accept);
        return client.send(request.build(), BodyHandlers.ofString()).body();
    }
}
