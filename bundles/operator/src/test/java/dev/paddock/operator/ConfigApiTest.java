package dev.paddock.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.settings.SettingChange.Place;
import dev.paddock.dialect.kit.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConfigApiTest {
    private static final String ONE = "/api/config/dev.paddock.sample/how";

    private final ScriptedSettings settings = new ScriptedSettings();
    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer()
                .with(new ConfigApi(settings.editor()), ConfigApi.ROOT, ConfigApi.BELOW)
                .sending("Authorization", "Bearer secret")
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> put(String value) throws Exception {
        return server.send("PUT", ONE, "{\"value\":" + value + "}");
    }

    @Test
    void aSettingIsSetSeenAndBroughtBack() throws Exception {
        var set = put("\"fast\"");
        assertThat(set.statusCode()).isEqualTo(200);
        assertThat(set.body()).contains("\"value\":\"fast\"", "\"effect\":\"now\"", "\"type\":\"text\"");
        assertThat(server.get("/api/config").body())
                .contains("\"pid\":\"dev.paddock.sample\"", "\"default\":\"default\"");
        assertThat(server.get("/api/config/history").body())
                .contains("\"id\":\"1\"", "\"by\":\"local\"", "\"before\":null", "\"after\":\"fast\"");
        assertThat(server.send("POST", "/api/config/revert", "{\"id\":\"1\"}").body())
                .contains("\"value\":\"default\"");
        put("\"slow\"");
        assertThat(server.send("DELETE", ONE, BodyPublishers.noBody()).body()).contains("\"value\":\"default\"");
    }

    @Test
    void whatCannotBeIsRefusedWithTheReason() throws Exception {
        var refused = put("\"wrong\"");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("it must be right");
        assertThat(server.send("PUT", ONE, "{}").statusCode()).isEqualTo(400);
        assertThat(server.send("PUT", "/api/config/dev.paddock.sample", "{\"value\":1}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(server.send("POST", "/api/config/revert", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void onlyTheOwnerSeesAndChanges() throws Exception {
        server.sending("Authorization", "Bearer guess");
        assertThat(server.get("/api/config").statusCode()).isEqualTo(403);
        assertThat(server.get("/api/config/history").statusCode()).isEqualTo(403);
        assertThat(put("\"fast\"").statusCode()).isEqualTo(403);
        assertThat(settings.set).doesNotContainKey(new Place("dev.paddock.sample", "how"));
    }
}
