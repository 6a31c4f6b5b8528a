package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images and sounds: what is no base64 is found first, then the model, then that it cannot see or hear. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttachmentsTest {
    private static final String NO_VISION =
            "this model is missing data required for image input; \"tiny\" does not support images";
    private static final String NO_HEARING = "\"tiny\" does not support audio";

    private OllamaFixture ollama;

    @BeforeAll
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterAll
    void stop() {
        ollama.close();
    }

    private void assertRefused(String model, String images, int status, String error) throws Exception {
        String head = "{\"model\":\"" + model + "\",";
        var generated = ollama.post("/api/generate", head + "\"prompt\":\"x\",\"images\":" + images + "}");
        assertThat(generated.statusCode()).isEqualTo(status);
        assertThat(OllamaFixture.json(generated.body())).isEqualTo(Map.of("error", error.replace("@", "")));
        var said = ollama.post(
                "/api/chat",
                head + "\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"images\":" + images
                        + "}]}");
        assertThat(said.statusCode()).isEqualTo(status);
        assertThat(OllamaFixture.json(said.body())).isEqualTo(Map.of("error", error.replace("@", "messages[1].")));
        assertThat(ollama.inference.asked).isEmpty();
    }

    private static String base64(String bytes) {
        return "[\"" + Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.ISO_8859_1)) + "\"]";
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0089PNG\r\n\u001a\n0000", "\u00ff\u00d8\u00ff\u00e0", "RIFF0000WEBPVP8 ", "x", ""})
    void anImageIsRefusedByTheWordsThatClientsLookFor(String image) throws Exception {
        assertRefused("tiny", base64(image), 400, NO_VISION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RIFF0000WAVEfmt ", "ID3\u0004", "\u00ff\u00fb\u0090"})
    void aSoundIsNoImage(String sound) throws Exception {
        assertRefused("tiny", base64(sound), 400, NO_HEARING);
    }

    @Test
    void lineEndsInBase64AreNone() throws Exception {
        assertRefused("tiny", "[\"SUQz\\r\\nBAAA\\n\"]", 400, NO_HEARING);
    }

    @Test
    void theModelIsLookedForFirst() throws Exception {
        assertRefused("nope", "[\"eA==\"]", 404, "model 'nope' not found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `["data:image/png;base64,eA=="]` | illegal base64 data at input byte 4 of "@images[0]"
            `["eA==","eA"]`                  | illegal base64 data at input byte 0 of "@images[1]"
            `["eHh4eA="]`                    | illegal base64 data at input byte 4 of "@images[0]"
            `["eHh4_-AB"]`                   | illegal base64 data at input byte 4 of "@images[0]"
            `["e==="]`                       | illegal base64 data at input byte 1 of "@images[0]"
            `["eA==eA=="]`                   | illegal base64 data at input byte 4 of "@images[0]"
            `["eA= ="]`                      | illegal base64 data at input byte 3 of "@images[0]"
            `[5]`                            | "@images" must be a list of strings
            `"eA=="`                         | "@images" must be a list
            """)
    void whatIsNoBase64IsFoundBeforeAnythingElse(String images, String error) throws Exception {
        assertRefused("nope", images, 400, error);
    }

    @Test
    void noImagesAreFine() throws Exception {
        var loaded = ollama.post("/api/generate", "{\"model\":\"tiny\",\"images\":[]}");
        assertThat(loaded.statusCode()).isEqualTo(200);
        ollama.inference.asked.clear();
    }

    @Test
    void theMessagesOfAModelHaveNone() throws Exception {
        var made = ollama.post(
                "/api/create",
                "{\"model\":\"new\",\"from\":\"tiny\",\"messages\":[{\"role\":\"user\",\"images\":[\"eA==\"]}]}");
        assertThat(made.statusCode()).isEqualTo(400);
        assertThat(made.body()).contains("images");
        assertThat(ollama.store.recipes).isEmpty();
    }
}
