package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Ready-made case 9 of the specification. */
@DisplayName("9 Names")
@ExtendWith(SharedServer.class)
class Spec09NamesTest {
    private final Server server;

    Spec09NamesTest(Server server) {
        this.server = server;
    }

    private int copy(String destination) throws Exception {
        return server.post(
                        "/api/copy",
                        Server.JSON.writeValueAsString(Map.of("source", "starter", "destination", destination)))
                .statusCode();
    }

    private Stream<String> listed() throws Exception {
        JsonNode models = Server.JSON.readTree(server.get("/api/tags").body()).path("models");
        return StreamSupport.stream(models.spliterator(), false)
                .peek(model -> assertThat(model.path("model")).isEqualTo(model.path("name")))
                .map(model -> model.path("name").asString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            m                               | m:latest
            registry.ollama.ai/library/m:t  | m:t
            a/b:c                           | a/b:c
            h/a/b:c                         | h/a/b:c
            h:5/a/b                         | h:5/a/b:latest
            hf.co/user/repo.gguf:Q4_K_M     | hf.co/user/repo.gguf:Q4_K_M
            https://h/a/b                   | h/a/b:latest
            """)
    void aNameIsFilledUpAndShownAsShortAsItCanBe(String name, String shown) throws Exception {
        try {
            assertThat(copy(name)).isEqualTo(200);
            assertThat(listed()).contains(shown);
            assertThat(server.ask("/api/show", Map.of("model", name))
                            .path("modelfile")
                            .asString())
                    .contains("# FROM " + shown + "\n");
        } finally {
            server.delete(name);
        }
        assertThat(listed()).doesNotContain(shown);
    }

    static Stream<String> invalid() {
        return Stream.of(
                "h:5/m",
                "a/b/c/d",
                "m:",
                "/m",
                "-m",
                "a//b",
                "m@sha256:" + "0".repeat(64),
                "m".repeat(81),
                "n".repeat(81) + "/m",
                "m:" + "t".repeat(81),
                "h".repeat(351) + "/n/m");
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void whatIsNoNameIsRefused(String name) throws Exception {
        assertThat(copy(name)).isEqualTo(400);
        var chat = server.post("/api/chat", Server.JSON.writeValueAsString(Map.of("model", name)));
        assertThat(chat.statusCode()).isEqualTo(400);
        assertThat(chat.body()).isEqualTo("{\"error\":\"invalid model name\"}");
    }

    @Test
    void partsOfTheGreatestLengthAreNames() throws Exception {
        String name = "n".repeat(80) + "/" + "m".repeat(80) + ":" + "t".repeat(80);
        try {
            assertThat(copy(name)).isEqualTo(200);
            assertThat(listed()).contains(name);
        } finally {
            server.delete(name);
        }
    }

    @Test
    void upperAndLowerCaseAreTheSameAndTheFirstSpellingStays() throws Exception {
        try {
            assertThat(copy("UPPER/case")).isEqualTo(200);
            assertThat(server.ask("/api/generate", Map.of("model", "upper/CASE:Latest"))
                            .path("done_reason")
                            .asString())
                    .isEqualTo("load");
            assertThat(copy("upper/Case")).isEqualTo(200);
            assertThat(listed().filter(name -> name.equalsIgnoreCase("upper/case:latest")))
                    .containsExactly("UPPER/case:latest");
        } finally {
            server.delete("uPPer/cAse");
        }
        assertThat(listed()).noneMatch(name -> name.equalsIgnoreCase("upper/case:latest"));
    }
}
