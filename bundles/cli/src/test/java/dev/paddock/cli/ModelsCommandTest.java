package dev.paddock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {
    private static final String DAMAGE =
            "\"damage\":[{\"digest\":\"sha256:0123\",\"reason\":\"its digest is another\",\"models\":[\"b:latest\"]}]";

    @TempDir
    Path home;

    private Stage stage;

    @BeforeEach
    void open() throws IOException {
        stage = new Stage(home);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void duShowsWhatEachModelTakesAndTheSums() {
        stage.on("GET /api/models/usage", 200, """
                {"models":[{"name":"a:latest","bytes":4700000000,"own_bytes":12000000,"used_at":"2001-01-01T00:00:00Z"},
                {"name":"b:latest","bytes":4688000000,"own_bytes":0}],"blob_bytes":4700000000,"unused_bytes":1200,
                "partial_bytes":0,"quota_bytes":0,"free_bytes":120000000000}""");
        var du = stage.run("models", "du");
        assertThat(du.code()).as(du.err()).isZero();
        assertThat(du.out()).matches("""
                NAME        SIZE      ITS OWN    LAST USED
                a:latest    4.7 GB    12 MB      \\d+ years ago
                b:latest    4.7 GB    0 B        Never

                ALL BLOBS    UNUSED    UNFINISHED    QUOTA    FREE ON DISK
                4.7 GB       1.2 KB    0 B           none     120 GB
                """);
        assertThat(stage.run("models", "du", "--json").out())
                .startsWith("{\"models\":[{\"name\":\"a:latest\"")
                .endsWith("}\n");
    }

    @Test
    void pruneSaysWhatGoesAndWhatStays() {
        stage.on("POST /api/models/prune", 200, """
                {"dry_run":true,"files":["blobs/sha256-1","blobs/sha256-2"],"bytes":1200,"kept":["m is not readable"]}""");
        var dry = stage.run("models", "prune", "--dry-run");
        assertThat(dry.code()).isZero();
        assertThat(dry.out())
                .isEqualTo("blobs/sha256-1\nblobs/sha256-2\nwould remove 2 files, 1.2 KB\nkept: m is not readable\n");
        stage.on("POST /api/models/prune", 200, "{\"dry_run\":false,\"files\":[],\"bytes\":0,\"kept\":[]}");
        assertThat(stage.run("models", "prune").out()).isEqualTo("there is nothing to remove\n");
        assertThat(stage.run("models", "prune", "--json").out()).contains("\"dry_run\":false");
        assertThat(stage.requests)
                .startsWith("POST /api/models/prune {\"dry_run\":true}", "POST /api/models/prune {\"dry_run\":false}");
    }

    @Test
    void verifyingFindsDamageByItsExitCode() {
        stage.on(
                "POST /api/models/verify",
                Stage.lines("{\"status\":\"success\",\"blobs\":1,\"bytes\":1000,\"damage\":[]}"));
        var sound = stage.run("models", "verify");
        assertThat(sound.code()).isZero();
        assertThat(sound.out()).isEqualTo("1 blob read (1.0 KB), nothing is damaged\n");
        stage.on(
                "POST /api/models/verify",
                Stage.lines("{\"status\":\"success\",\"blobs\":2,\"bytes\":1000," + DAMAGE + "}"));
        var damaged = stage.run("models", "verify", "--all");
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.out())
                .contains("2 blobs read (1.0 KB), 1 blob damaged")
                .contains("sha256:0123: its digest is another\n  used by b:latest\n", "paddock pull");
        var json = stage.run("models", "verify", "--all", "--json");
        assertThat(json.code()).isEqualTo(1);
        assertThat(json.out()).startsWith("{\"status\":\"success\"");
        assertThat(stage.requests)
                .contains("POST /api/models/verify {\"all\":false}", "POST /api/models/verify {\"all\":true}");
    }

    @Test
    void housekeepingIsShownStepByStep() {
        stage.on("GET /api/models/housekeeping", 200, """
                {"steps":[{"name":"blob names","state":"done","outcome":"2 renamed","millis":12},
                {"name":"prune","state":"waiting","outcome":"","millis":0}],"damage":[]}""");
        var steps = stage.run("models", "housekeeping");
        assertThat(steps.code()).isZero();
        assertThat(steps.out()).isEqualTo("""
                STEP          STATE      TIME      OUTCOME
                blob names    done       12.0ms    2 renamed
                prune         waiting
                """);
        stage.on(
                "GET /api/models/housekeeping",
                200,
                "{\"steps\":[{\"name\":\"prune\",\"state\":\"failed\",\"outcome\":\"disk\",\"millis\":1}]}");
        assertThat(stage.run("models", "health").code()).isEqualTo(1);
        stage.on("GET /api/models/housekeeping", 200, "{\"steps\":[]," + DAMAGE + "}");
        assertThat(stage.run("models", "housekeeping", "--json").code()).isEqualTo(1);
    }

    @Test
    void adoptingSendsTheWholePath() {
        stage.on(
                "POST /api/models/adopt",
                Stage.lines("{\"status\":\"linking\"}", "{\"status\":\"success\",\"models\":[\"m:latest\"]}"));
        var adopted = stage.run("models", "adopt", "some/../m.gguf", "m");
        assertThat(adopted.code()).as(adopted.err()).isZero();
        assertThat(adopted.out()).isEqualTo("took over 'm:latest'\n");
        Path path = Path.of("m.gguf").toAbsolutePath();
        assertThat(stage.requests).containsExactly("POST /api/models/adopt {\"path\":\"" + path + "\",\"name\":\"m\"}");
        stage.on("POST /api/models/adopt", 403, "{\"error\":\"this is for the server's owner only\"}");
        var refused = stage.run("models", "adopt", "/m.gguf");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("Error: this is for the server's owner only\n");
    }

    @Test
    void theOwnersPasswordGoesWithWhatIsForTheOwnerAndWithNothingElse() throws IOException {
        Files.writeString(home.resolve("console-password"), "secret\n");
        List<String> shown = new CopyOnWriteArrayList<>();
        for (String what : List.of("POST /api/models/prune", "GET /api/models/usage")) {
            stage.on(what, exchange -> {
                shown.add(what + " " + exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.sendResponseHeaders(200, -1);
            });
        }
        stage.run("models", "prune");
        stage.run("models", "du");
        assertThat(shown).containsExactly("POST /api/models/prune Bearer secret", "GET /api/models/usage null");
    }

    @Test
    void anArchiveComesWholeOrNotAtAll() throws IOException {
        Path file = home.resolve("a.tar");
        stage.on("GET /api/tags", 200, "{\"models\":[{\"name\":\"me/a:v1\",\"size\":5}]}");
        stage.on("GET /api/models/export?model=me%2Fa%3Av1", 200, "archive");
        var exported = stage.run("models", "export", "me/a:v1", file.toString());
        assertThat(exported.code()).as(exported.err()).isZero();
        assertThat(exported.out()).isEqualTo("exported 'me/a:v1' to " + file + "\n");
        assertThat(exported.err()).isEqualTo("exporting me/a:v1\nexporting me/a:v1: 100% of 5 B\n");
        assertThat(file).hasContent("archive");
        assertThat(stage.run("models", "export", "me/a:v1", "-").out()).isEqualTo("archive");

        stage.on("GET /api/models/export?model=b", exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write(new byte[500]);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        Path half = home.resolve("half.tar");
        var cut = stage.run("models", "export", "b", half.toString());
        assertThat(cut.code()).isEqualTo(1);
        assertThat(cut.err()).contains("Error: the connection to 127.0.0.1");
        stage.on("GET /api/models/export?model=c", 404, "{\"error\":\"no model c\"}");
        assertThat(stage.run("models", "export", "c", half.toString()).err()).endsWith("Error: no model c\n");
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void anArchiveIsSentAndInstalled() throws IOException {
        Path file = Files.writeString(home.resolve("a.tar"), "archive");
        String last = "{\"status\":\"success\",\"models\":[\"new:latest\"]}";
        stage.on("POST /api/models/import?as=new", Stage.lines("{\"status\":\"writing manifest\"}", last));
        var taken = stage.run("models", "import", file.toString(), "--as", "new");
        assertThat(taken.code()).as(taken.err()).isZero();
        assertThat(taken.out()).isEqualTo("imported 'new:latest'\n");
        assertThat(taken.err()).isEqualTo("sending a.tar: 100% of 7 B\nwriting manifest\nsuccess\n");
        assertThat(stage.requests).containsExactly("POST /api/models/import?as=new archive");
        stage.on("POST /api/models/import", 400, "{\"error\":\"it is no archive\"}");
        assertThat(stage.run("models", "import", file.toString()).err()).endsWith("Error: it is no archive\n");
        assertThat(stage.run("models", "import", home.toString()).err()).contains("is no file");
    }

    @Test
    void withoutAPartItExplainsItself() {
        assertThat(stage.run("models").out())
                .contains("adopt", "du", "prune", "verify", "housekeeping", "export", "import");
        assertThat(stage.run("models", "adopt", "--help").out()).contains("second copy");
        assertThat(stage.run("models", "dance").code()).isEqualTo(2);
    }
}
