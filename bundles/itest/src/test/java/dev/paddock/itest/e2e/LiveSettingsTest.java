package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Settings change while the server answers: by the API, by files, in the web console. */
class LiveSettingsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WEB = "dev.paddock.web";
    private static final String SCHEDULER = "dev.paddock.scheduler";

    /** Of each part whose settings act at once, one; and what is to happen to it. */
    private static final List<List<String>> NOW = List.of(
            List.of(SCHEDULER, "keep.alive", "7m"),
            List.of(SCHEDULER, "max.queue", "100"),
            List.of(SCHEDULER, "identity.running", "8"),
            List.of(WEB, "access.log", "false"),
            List.of(WEB, "ping.interval", "5s"),
            List.of(WEB, "origins", "https://chat.example"),
            List.of("dev.paddock.engine", "stop.timeout", "4s"),
            List.of("dev.paddock.engine", "cache.host", "64m"),
            List.of("dev.paddock.inference", "context.policy", "truncate"),
            List.of("dev.paddock.hygiene", "time", "off"),
            List.of("dev.paddock.store", "quota", "900g"),
            List.of("dev.paddock.transfer", "rate", "1m"),
            List.of("dev.paddock.gguf", "tensors", "60000"),
            List.of("dev.paddock.modelfile", "quantize.threads", "1"),
            List.of("dev.paddock.connections", "connections", "500"),
            List.of("dev.paddock.explain", "kept", "200"));

    private static final List<List<String>> NEXT_START = List.of(
            List.of("dev.paddock.dialect.ollama", "drain.timeout", "20s"),
            List.of("dev.paddock.dialect.openai", "responses.count", "5"),
            List.of("dev.paddock.dialect.openai.batches", "parallel", "3"),
            List.of("dev.paddock.operator", "bundle.limit", "1000000"),
            List.of("dev.paddock.store", "models", "/nowhere"),
            List.of("org.apache.felix.http", "org.apache.felix.http.timeout", "50000"));

    private static Server server;
    private static String password;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(Map.of("PADDOCK_MAX_LOADED_MODELS", "2"));
        password = Files.readString(server.home().resolve("console-password")).strip();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void noRunningAnswerNotices() throws Exception {
        List<Streams.Expected> expected = new ArrayList<>();
        for (Golden golden :
                Golden.all().stream().filter(Golden::plain).limit(4).toList()) {
            expected.add(Streams.expected(server, golden));
        }
        try (Streams streams = Streams.start(server, expected, 4)) {
            Await.until(PATIENCE, "all answer", streams::allRunning);
            for (List<String> change : NOW)
                assertThat(set(change).path("effect").asString())
                        .as("%s", change)
                        .isEqualTo("now");
            for (List<String> change : NEXT_START) {
                JsonNode told = set(change);
                assertThat(told.path("effect").asString()).as("%s", change).isEqualTo("next_start");
                assertThat(told.path("description").asString()).endsWith("Counts from the next start.");
            }
            int before = streams.answers();
            Await.until(PATIENCE, "all answer on", () -> streams.answers() >= before + 8);
            streams.finish();
            assertThat(streams.complaints()).isEmpty();
        }
        assertThat(server.loaded("starter").path("expires_at").asString()).isNotBlank();
        assertThat(server.output()).doesNotContain("answers cut");
        for (List<String> change : NOW)
            assertThat(unset(change).path("source").asString()).isEqualTo("default");
        for (List<String> change : NEXT_START) unset(change);
    }

    @Test
    void everySettingIsKnownAndRefusesWhatItCannotBe() throws Exception {
        for (JsonNode setting : known()) {
            String name =
                    setting.path("pid").asString() + " " + setting.path("key").asString();
            assertThat(setting.path("description").asString()).as(name).hasSizeGreaterThan(15);
            assertThat(setting.path("name").asString()).as(name).isNotBlank();
            if (setting.path("source").asString().equals("default")) {
                assertThat(setting.path("value")).as(name).isEqualTo(setting.path("default"));
            }
            boolean anyText = setting.path("type").asString().equals("text")
                    && setting.path("unit").asString().isEmpty();
            if (anyText || setting.path("type").asString().equals("list")) continue;
            var refused = change(setting, "nonsense");
            assertThat(refused.statusCode()).as("%s: %s", name, refused.body()).isEqualTo(400);
        }
    }

    @Test
    void aFileThatIsEditedActsAndABrokenOneDoesNot() throws Exception {
        Path file = server.home().resolve("configs/" + WEB + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"hosts\": [\"my.example\"], \"body.limit\": 1000000}");
        Await.until(PATIENCE, "the file acts", () -> value(WEB, "body.limit").asInt() == 1_000_000);
        Files.writeString(file, "{\"hosts\": [\"my.example\"], \"body.limit\": 2");
        Await.until(PATIENCE, "the broken file is complained of", () -> server.output()
                .contains("what the file said before stays"));
        assertThat(value(WEB, "body.limit").asInt()).isEqualTo(1_000_000);
        Files.writeString(file, "{\"body.limit\": 2000000, \"ping.interval\": \"soon\"}");
        Await.until(PATIENCE, "what is wrong is complained of", () -> server.output()
                .contains("ping.interval is soon"));
        Files.delete(file);
        Await.until(
                PATIENCE,
                "the defaults are back",
                () -> value(WEB, "body.limit").asInt() == 33_554_432);
        assertThat(history()).anyMatch(change -> change.path("by").asString().equals("file"));
    }

    @Test
    void theEnvironmentWinsAndSaysSo() throws Exception {
        JsonNode told = set(List.of(SCHEDULER, "max.loaded.models", "5"));
        assertThat(told.path("effect").asString()).isEqualTo("overridden");
        assertThat(told.path("note").asString()).contains("PADDOCK_MAX_LOADED_MODELS");
        assertThat(told.path("value").asInt()).isEqualTo(2);
        unset(List.of(SCHEDULER, "max.loaded.models"));
    }

    @Test
    void aChangeInTheWebConsoleIsKeptAndComesInTheHistory() throws Exception {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("apply", "true");
        form.put("action", "ajaxConfigManager");
        List<String> keys = new ArrayList<>();
        for (JsonNode setting : known()) {
            if (!setting.path("pid").asString().equals("dev.paddock.explain")) continue;
            keys.add(setting.path("key").asString());
            form.put(setting.path("key").asString(), setting.path("value").asString());
        }
        form.put("kept", "300");
        form.put("propertylist", String.join(",", keys));
        HttpResponse<String> sent = console("dev.paddock.explain", form);
        assertThat(sent.statusCode()).as(sent.body()).isLessThan(400);
        Path file = server.home().resolve("configs/dev.paddock.explain.json");
        Await.until(
                PATIENCE,
                "the console's change is kept",
                () -> Files.exists(file)
                        && Server.JSON
                                        .readTree(Files.readString(file))
                                        .path("kept")
                                        .asInt()
                                == 300);
        assertThat(history())
                .anyMatch(change -> change.path("by").asString().equals("console")
                        && change.path("key").asString().equals("kept"));
        form.put("kept", "7");
        console("dev.paddock.explain", form);
        Await.until(
                PATIENCE, "what cannot be is taken back", () -> server.output().contains("is taken back"));
        assertThat(value("dev.paddock.explain", "kept").asInt()).isEqualTo(300);
    }

    @Test
    void theCommandLineSeesChangesAndUndoes() throws Exception {
        assertThat(Typed.fine(server, "config", "set", "threads", "3").out()).isEqualTo("scheduler/threads is 3\n");
        assertThat(Typed.fine(server, "config", "get", "threads").out()).isEqualTo("3\n");
        assertThat(Typed.fine(server, "config", "list", "threads").out()).containsPattern("scheduler/threads +3 +file");
        String id = Typed.fine(server, "config", "history", "-n", "1")
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .split(" ")[0];
        assertThat(Typed.fine(server, "config", "revert", id).out()).isEqualTo("scheduler/threads is 0\n");
        Typed refused = Typed.at(server, "config", "set", "memory.margin", "95");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("memory.margin", "90");
    }

    private static JsonNode set(List<String> change) throws Exception {
        var answer = send("PUT", "/api/config/" + change.get(0) + "/" + change.get(1), Map.of("value", change.get(2)));
        assertThat(answer.statusCode()).as("%s: %s", change, answer.body()).isEqualTo(200);
        return Server.JSON.readTree(answer.body());
    }

    private static HttpResponse<String> change(JsonNode setting, String value) throws Exception {
        String path = "/api/config/" + setting.path("pid").asString() + "/"
                + setting.path("key").asString();
        return send("PUT", path, Map.of("value", value));
    }

    private static JsonNode unset(List<String> change) throws Exception {
        return Server.JSON.readTree(send("DELETE", "/api/config/" + change.get(0) + "/" + change.get(1), Map.of())
                .body());
    }

    private static List<JsonNode> known() throws Exception {
        return list("/api/config", "settings");
    }

    private static List<JsonNode> history() throws Exception {
        return list("/api/config/history", "changes");
    }

    private static List<JsonNode> list(String path, String name) throws Exception {
        List<JsonNode> all = new ArrayList<>();
        Server.JSON.readTree(send("GET", path, Map.of()).body()).path(name).forEach(all::add);
        assertThat(all).isNotEmpty();
        return all;
    }

    private static JsonNode value(String pid, String key) throws Exception {
        return known().stream()
                .filter(one -> one.path("pid").asString().equals(pid)
                        && one.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow()
                .path("value");
    }

    private static HttpResponse<String> send(String method, String path, Map<String, ?> body) throws Exception {
        var publisher = method.equals("GET")
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(Server.JSON.writeValueAsString(body));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    server.request(path)
                            .header("Authorization", "Bearer " + password)
                            .method(method, publisher)
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> console(String pid, Map<String, String> form) throws Exception {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        String basic = Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    server.request("/system/console/configMgr/" + pid)
                            .header("Authorization", "Basic " + basic)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        }
    }
}
