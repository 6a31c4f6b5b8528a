package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
    private static final String ALL = """
            {"settings":[
            {"pid":"dev.paddock.scheduler","key":"keep.alive","name":"Keep alive","description":"How long.",
             "type":"text","unit":"duration","default":"5m","value":"30s","source":"PADDOCK_KEEP_ALIVE","options":[]},
            {"pid":"dev.paddock.engine","key":"stop.timeout","name":"Stop","description":"How long.","type":"text",
             "unit":"duration","default":"3s","value":"3s","source":"default","options":[]},
            {"pid":"dev.paddock.scheduler","key":"stop.timeout","name":"Stop","description":"How long.","type":"text",
             "unit":"duration","default":"10s","value":"9s","source":"/home/me/.paddock/configs/x.json","options":[]},
            {"pid":"dev.paddock.web","key":"hosts","name":"Hosts","description":"Names.","type":"list","unit":"",
             "default":[],"value":["a","b"],"source":"/home/me/x.json","options":[],"pending":["c"]}]}""";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(home.resolve("console-password"), "secret\n");
        stage = new Stage(home).on("GET /api/config", 200, ALL);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void theListShowsValuesAndWhereTheyAreFrom() {
        assertThat(stage.run("config", "list").out()).isEqualTo("""
                SETTING                   VALUE                  FROM
                scheduler/keep.alive      30s                    PADDOCK_KEEP_ALIVE
                engine/stop.timeout       3s                     default
                scheduler/stop.timeout    9s                     file
                web/hosts                 a,b (next start: c)    file
                """);
        assertThat(stage.run("config", "list", "--changed", "stop").out())
                .contains("scheduler/stop.timeout")
                .doesNotContain("engine/");
        assertThat(stage.run("config", "list", "--json", "hosts").out()).contains("\"value\":[\"a\",\"b\"]");
    }

    @Test
    void aSettingIsNamedByItsKeyOrWithItsPart() {
        assertThat(stage.run("config", "get", "keep.alive").out()).isEqualTo("30s\n");
        assertThat(stage.run("config", "get", "engine/stop.timeout").out()).isEqualTo("3s\n");
        assertThat(stage.run("config", "get", "dev.paddock.web/hosts").out()).isEqualTo("a,b\n");
        var two = stage.run("config", "get", "stop.timeout");
        assertThat(two.code()).isEqualTo(2);
        assertThat(two.err()).contains("engine/stop.timeout, scheduler/stop.timeout");
        assertThat(stage.run("config", "get", "alive").err()).contains("there is scheduler/keep.alive");
    }

    @Test
    void aChangeSaysWhetherItActs() {
        String path = "PUT /api/config/dev.paddock.engine/stop.timeout";
        stage.on(
                path,
                200,
                "{\"pid\":\"dev.paddock.engine\",\"key\":\"stop.timeout\",\"value\":\"4s\",\"effect\":\"now\"}");
        var now = stage.run("config", "set", "engine/stop.timeout", "4s");
        assertThat(now.out()).isEqualTo("engine/stop.timeout is 4s\n");
        assertThat(stage.requests).contains(path + " {\"value\":\"4s\"}");

        stage.on(
                path,
                200,
                "{\"pid\":\"dev.paddock.engine\",\"key\":\"stop.timeout\",\"value\":\"3s\",\"pending\":\"4s\","
                        + "\"effect\":\"next_start\",\"note\":\"it counts from the next start of the server\"}");
        var later = stage.run("config", "set", "engine/stop.timeout", "4s");
        assertThat(later.out()).isEqualTo("engine/stop.timeout is 4s from the next start\n");
        assertThat(later.err()).contains("Note: it counts from the next start");

        stage.on(path, 400, "{\"error\":\"dev.paddock.engine: stop.timeout is soon; write a duration like 10s\"}");
        var refused = stage.run("config", "set", "engine/stop.timeout", "soon");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("write a duration like 10s");
    }

    @Test
    void whatWasChangedIsListedAndUndone() {
        stage.on("GET /api/config/history", 200, """
                {"changes":[{"id":"2","at":"2026-11-30T10:00:00Z","by":"owner","pid":"dev.paddock.web","key":"hosts",
                "before":null,"after":["a","b"]},{"id":"1","at":"2026-11-30T09:00:00Z","by":"file",
                "pid":"dev.paddock.x","key":"password","before":null,"after":null,"secret":true}]}""");
        assertThat(stage.run("config", "history").out())
                .containsPattern("2 +2026-11-30 \\d\\d:00:00 +owner +web/hosts +\\(default\\) +a,b")
                .containsPattern("1 +.*file +x/password +\\(secret\\) +\\(secret\\)");
        stage.on(
                "POST /api/config/revert",
                200,
                "{\"pid\":\"dev.paddock.web\",\"key\":\"hosts\",\"value\":[],\"effect\":\"now\"}");
        assertThat(stage.run("config", "revert", "2").out()).isEqualTo("web/hosts is empty\n");
        assertThat(stage.requests).contains("POST /api/config/revert {\"id\":\"2\"}");
    }
}
