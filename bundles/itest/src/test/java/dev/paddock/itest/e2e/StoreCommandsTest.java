package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Keeping the store in order, as people type it, on a server with a store of its own. */
class StoreCommandsTest {
    private Server server;

    /** On the disk of the store, so that a hard link is possible. */
    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCopyTakesNoRoomAndGoesWithoutItsOriginal() throws Exception {
        assertThat(Typed.fine(server, "cp", "starter", "me/second:v1").out())
                .isEqualTo("copied 'starter' to 'me/second:v1'\n");
        JsonNode usage = Server.JSON.readTree(
                Typed.fine(server, "models", "du", "--json").out());
        assertThat(usage.path("models").size()).isEqualTo(2);
        long size = usage.path("models").get(0).path("bytes").asLong();
        assertThat(usage.path("blob_bytes").asLong()).isEqualTo(size);
        assertThat(usage.path("models").get(0).path("own_bytes").asLong()).isZero();
        assertThat(Typed.fine(server, "rm", "starter", "--verbose").err()).contains("nothing is freed");
        assertThat(answer("me/second:v1")).isEqualTo(golden().answer());
        assertThat(Typed.fine(server, "models", "du").out()).contains("me/second:v1", "FREE ON DISK");
        assertThat(Typed.fine(server, "rm", "me/second:v1", "--verbose").err()).matches("\\([0-9.]+ MB freed\\)\n");
    }

    @Test
    void aModelGoesThroughAFileAndAnswersTheSame() throws Exception {
        Path archive = directory.resolve("starter.tar");
        Typed.fine(server, "models", "export", "starter", archive.toString());
        assertThat(Files.size(archive)).isGreaterThan(4_000_000);
        Typed.fine(server, "rm", "starter");
        assertThat(Typed.fine(server, "list").out()).doesNotContain("starter");
        assertThat(Typed.fine(server, "models", "import", archive.toString(), "--as", "me/back")
                        .out())
                .isEqualTo("imported 'me/back:latest'\n");
        assertThat(answer("me/back")).isEqualTo(golden().answer());
        assertThat(Typed.fine(server, "models", "import", archive.toString()).out())
                .isEqualTo("imported 'starter:latest'\n");
        assertThat(answer("starter")).isEqualTo(golden().answer());
    }

    @Test
    void aDamagedArchiveInstallsNothing() throws Exception {
        Path archive = directory.resolve("starter.tar");
        Typed.fine(server, "models", "export", "starter", archive.toString());
        byte[] content = Files.readAllBytes(archive);
        content[content.length / 2] ^= 1;
        Files.write(archive, content);
        // What is in the store is not read again, so nobody would notice.
        Typed.fine(server, "rm", "starter");
        var damaged = Typed.at(server, "models", "import", archive.toString(), "--as", "bad");
        assertThat(damaged.code()).isEqualTo(1);
        assertThat(damaged.err()).containsIgnoringCase("digest");
        assertThat(Typed.fine(server, "list").out()).doesNotContain("bad");
    }

    @Test
    void aFileIsTakenOverInPlace() throws Exception {
        Path file = directory.resolve("mine.gguf");
        Files.copy(Layout.root().resolve("distribution/starter/starter.gguf"), file);
        // Another content than the starter's, or there would be nothing to take over.
        Path home = server.home();
        Typed.fine(server, "rm", "starter");
        assertThat(Typed.fine(server, "models", "adopt", file.toString(), "mine")
                        .out())
                .isEqualTo("took over 'mine:latest'\n");
        Object inode = Files.getAttribute(file, "unix:ino");
        List<Path> blobs;
        try (var all = Files.list(home.resolve("models/blobs"))) {
            blobs = all.filter(blob -> blob.getFileName().toString().matches("sha256-[0-9a-f]{64}"))
                    .toList();
        }
        assertThat(blobs).as("the file itself is a blob").anyMatch(blob -> inode.equals(attribute(blob, "unix:ino")));
        assertThat(answer("mine")).isNotBlank();
        Typed.fine(server, "rm", "mine");
        assertThat(file).as("what was taken over stays its owner's").exists();
    }

    @Test
    void whatIsUsedIsNeverPrunedAndVerifyingReadsIt() throws Exception {
        assertThat(Typed.fine(server, "models", "prune", "--dry-run").out()).isEqualTo("there is nothing to remove\n");
        assertThat(Typed.fine(server, "models", "verify", "--all").out())
                .matches("\\d+ blobs read \\([0-9.]+ MB\\), nothing is damaged\n");
        assertThat(Typed.fine(server, "models", "housekeeping").out())
                .startsWith("STEP")
                .doesNotContain("failed");
        assertThat(answer("starter")).isEqualTo(golden().answer());
    }

    @Test
    void aDamagedModelSaysSoInTheListAndByExitCodes() throws Exception {
        Path weights = Path.of(attribute("starter"));
        byte[] content = Files.readAllBytes(weights);
        content[content.length / 2] ^= 1;
        Files.write(weights, content);
        var verified = Typed.at(server, "models", "verify", "--all");
        assertThat(verified.code()).isEqualTo(1);
        assertThat(verified.out()).contains("1 blob damaged", "used by starter:latest");
        assertThat(Typed.fine(server, "list").out()).contains("starter:latest is damaged: ");
        assertThat(Typed.at(server, "models", "housekeeping").code()).isEqualTo(1);
        var run = Typed.at(server, "run", "starter", "Hello");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("damaged");
    }

    /** The file of a model's weights, as show tells it. */
    private String attribute(String model) throws Exception {
        return Typed.fine(server, "show", model, "--modelfile")
                .out()
                .lines()
                .filter(line -> line.startsWith("FROM "))
                .map(line -> line.substring("FROM ".length()))
                .findFirst()
                .orElseThrow();
    }

    private static Object attribute(Path file, String name) {
        try {
            return Files.getAttribute(file, name);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Golden golden() throws Exception {
        return Golden.all().stream()
                .filter(g -> g.plain() && g.messages().size() == 1)
                .findFirst()
                .orElseThrow();
    }

    private String answer(String model) throws Exception {
        String question = golden().messages().get(0).path("content").asString();
        return Typed.fine(server, "run", model, question, "--temperature", "0")
                .out()
                .strip();
    }
}
