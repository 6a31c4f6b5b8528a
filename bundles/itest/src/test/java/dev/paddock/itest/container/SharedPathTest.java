package dev.paddock.itest.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** {@code /v1/models} belongs to two APIs: each answers those who speak its language, for as long as it is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedPathTest {
    private static final String OPENAI = "\"object\":\"list\"";
    private static final String ANTHROPIC = "\"has_more\":false";
    private static final String OPENAI_MODEL = "\"object\":\"model\"";
    private static final String ANTHROPIC_MODEL = "\"type\":\"model\"";

    @TempDir
    static Path home;

    private final HttpClient client = HttpClient.newHttpClient();
    private Container container;
    private String address;

    @BeforeAll
    void start() throws Exception {
        container = Container.start(home);
        container.service("dev.paddock.api.inference.InferenceService");
        address = container.address();
    }

    @AfterAll
    void stop() throws Exception {
        container.close();
    }

    @Test
    void eachFormComesToWhoAsksForItAndIsGoneWithItsBundle() throws Exception {
        Bundle openai = container.bundle("dev.paddock.dialect-openai");
        Bundle anthropic = container.bundle("dev.paddock.dialect-anthropic");
        assertForms(OPENAI, ANTHROPIC);
        openai.stop();
        assertForms(ANTHROPIC, ANTHROPIC);
        openai.start();
        assertForms(OPENAI, ANTHROPIC);
        anthropic.stop();
        assertForms(OPENAI, OPENAI);
        assertThat(get("/v1/messages", "").statusCode()).isEqualTo(404);
        anthropic.start();
        assertForms(OPENAI, ANTHROPIC);
    }

    @Test
    void aServerWithoutModelsAnswersNeitherAsIfItHadNone() throws Exception {
        Bundle inference = container.bundle("dev.paddock.inference");
        inference.stop();
        await("/v1/models", "", "try again in a moment");
        await("/v1/models", "x-api-key", "try again in a moment");
        await("/v1/messages", "", "\"type\":\"overloaded_error\"");
        inference.start();
        assertForms(OPENAI, ANTHROPIC);
    }

    private void assertForms(String plain, String signed) throws Exception {
        await("/v1/models", "", plain);
        await("/v1/models", "anthropic-version", signed);
        await("/v1/models", "x-api-key", signed);
        String models = get("/v1/models", "").body();
        assertThat(models).contains("starter");
        String one = "/v1/models/starter";
        await(one, "", plain.equals(OPENAI) ? OPENAI_MODEL : ANTHROPIC_MODEL);
        await(one, "x-api-key", signed.equals(OPENAI) ? OPENAI_MODEL : ANTHROPIC_MODEL);
    }

    /** Servlets come and go a moment after their services. */
    private void await(String path, String header, String content) throws Exception {
        for (int i = 0; !get(path, header).body().contains(content); i++) {
            assertThat(i)
                    .as(
                            "%s with \"%s\" says %s: %s",
                            path, header, content, get(path, header).body())
                    .isLessThan(400);
            Thread.sleep(25);
        }
    }

    private HttpResponse<String> get(String path, String header) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(address + path));
        if (!header.isEmpty()) request.header(header, "1");
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
