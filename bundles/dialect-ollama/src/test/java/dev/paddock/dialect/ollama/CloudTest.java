package dev.paddock.dialect.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** There is no cloud: whoever looks for it is told so in a way that clients understand. */
class CloudTest {
    private OllamaFixture ollama;

    @BeforeEach
    void start() throws Exception {
        ollama = new OllamaFixture();
    }

    @AfterEach
    void stop() {
        ollama.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET    | /api/status                                | ``   | 200 | {"cloud":{"disabled":true,"source":"config"}}
            POST   | /api/me                                    | ``   | 401 | {"error":"unauthorized"}
            POST   | /api/me                                    | `{}` | 401 | {"error":"unauthorized"}
            POST   | /api/signout                               | ``   | 401 | {"error":"you are not currently signed in"}
            DELETE | /api/user/keys/c3NoLWVkMjU1MTk             | ``   | 401 | {"error":"you are not currently signed in"}
            POST   | /api/experimental/web_search               | ``   | 400 | {"error":"missing request body"}
            POST   | /api/experimental/web_search | `{"query":"x"}` | 403 | {"error":"ollama cloud is disabled: web search is unavailable"}
            POST   | /api/experimental/web_fetch                | ` `  | 400 | {"error":"missing request body"}
            POST   | /api/experimental/web_fetch | `{"url":"http://x"}` | 403 | {"error":"ollama cloud is disabled: web fetch is unavailable"}
            GET    | /api/experimental/model-recommendations    | ``   | 200 | {"recommendations":[]}
            GET    | /api/me                                    | ``   | 405 | 405 method not allowed
            POST   | /api/status                                | ``   | 405 | 405 method not allowed
            GET    | /api/experimental/web_search               | ``   | 405 | 405 method not allowed
            POST   | /api/experimental/nothing                  | ``   | 404 | 404 page not found
            POST   | /api/status/                               | ``   | 307 | ``
            GET    | /api/status/                               | ``   | 301 | ``
            POST   | /api/me/                                   | ``   | 307 | ``
            """)
    void everyRouteOfTheAccountAndTheWebAnswers(String method, String path, String body, int status, String answer)
            throws Exception {
        var response = ollama.server.send(method, path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(answer);
        String type = answer.startsWith("{") ? "application/json;charset=utf-8" : "text/plain;charset=utf-8";
        if (!answer.isEmpty())
            assertThat(response.headers().firstValue("Content-Type")).contains(type);
        else assertThat(response.headers().firstValue("Location")).contains(path.substring(0, path.length() - 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "chat", "embed", "embeddings", "pull", "push", "create", "release"})
    void aModelOfTheCloudIsRefusedWithWhatItIs(String route) throws Exception {
        for (String model : new String[] {"gpt-oss:20b-cloud", "glm-5:cloud", "gpt-oss:20b:CLOUD"}) {
            var refused =
                    ollama.post("/api/" + route, "{\"model\":\"" + model + "\",\"prompt\":\"x\",\"input\":\"x\"}");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(OllamaFixture.json(refused.body()).get("error"))
                    .isEqualTo("ollama cloud is disabled: remote model is unavailable; \"" + model
                            + "\" is a cloud model; this server runs only local ones");
        }
        assertThat(ollama.inference.asked).isEmpty();
        assertThat(ollama.transfer.asked).isEmpty();
        assertThat(ollama.store.recipes).isEmpty();
    }

    @Test
    void itCannotBeShownAndNothingIsMadeOfIt() throws Exception {
        var shown = ollama.post("/api/show", "{\"model\":\"glm-5:cloud\"}");
        assertThat(shown.statusCode()).isEqualTo(403);
        assertThat(shown.body()).contains("\"ollama cloud is disabled: remote model details are unavailable; ");
        var made = ollama.post("/api/create", "{\"model\":\"mine\",\"from\":\"glm-5:cloud\"}");
        assertThat(made.statusCode()).isEqualTo(403);
        assertThat(made.body()).contains("\"ollama cloud is disabled: remote model is unavailable; ");
    }

    @Test
    void aNameThatOnlySoundsLikeItIsLocal() throws Exception {
        var unknown = ollama.post("/api/chat", "{\"model\":\"my-cloud-model\",\"messages\":[]}");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(OllamaFixture.json(unknown.body())).containsEntry("error", "model 'my-cloud-model' not found");
        assertThat(ollama.post("/api/generate", "{\"model\":\"tiny:LOCAL\"}").statusCode())
                .isEqualTo(200);
    }
}
