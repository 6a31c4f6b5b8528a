package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What others send and lay down must not lead anywhere but into the store. */
class HostileTest {
    private static final String HEX = "0123456789abcdef".repeat(4);

    @TempDir
    Path dir;

    TestStore store;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(dir.resolve("outside"));
        Files.writeString(dir.resolve("outside/secret"), "secret");
        store = new TestStore(dir.resolve("models"));
    }

    static Stream<String> digests() {
        return Stream.of(
                "",
                "sha256",
                "sha256:",
                HEX,
                "sha256:" + HEX.substring(1),
                "sha256:" + HEX + "0",
                "sha256:" + HEX.substring(1) + "g",
                "sha256:" + HEX + "\n",
                " sha256:" + HEX,
                "sha256/" + HEX,
                "sha256_" + HEX,
                "SHA256:" + HEX,
                "sha512:" + HEX,
                "sha256:" + "../".repeat(21) + "x",
                "sha256:../../../../outside/secret",
                "sha256-../../outside/secret",
                "../outside/secret",
                "/etc/passwd",
                "sha256:" + HEX + "/../../../outside/secret",
                "sha256:" + HEX + "\u0000",
                "sha256:" + "0".repeat(61) + "/..",
                "sha256:..\\..\\outside\\secret",
                "sha256:" + "\uff11".repeat(64),
                "sha256:%2e%2e%2f" + HEX.substring(9));
    }

    private static String manifest(String config, String layer) {
        return "{\"schemaVersion\":2,\"config\":{\"digest\":" + quoted(config)
                + ",\"size\":6},\"layers\":[{\"mediaType\":" + "\"application/vnd.ollama.image.model\",\"digest\":"
                + quoted(layer) + ",\"size\":6}]}";
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c < ' ') json.append(String.format("\\u%04x", (int) c));
            else json.append(c);
        }
        return json.append('"').toString();
    }

    @ParameterizedTest
    @MethodSource("digests")
    void aDigestThatIsNoneMakesNoManifest(String digest) throws IOException {
        assertThatThrownBy(() -> Digest.parse(digest))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.INVALID_REQUEST));
        String sound = store.upload("sound".getBytes()).toString();
        var before = everything();
        for (String json : new String[] {manifest(digest, sound), manifest(sound, digest)}) {
            byte[] content = json.getBytes(StandardCharsets.UTF_8);
            refused(() -> store.shelf.parse(content));
            refused(() -> store.shelf.install(ModelName.parse("m"), content, _ -> {}));
        }
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("digests")
    void aManifestOnDiskThatLeadsElsewhereIsNotFollowed(String digest) throws IOException {
        String sound = store.upload("sound".getBytes()).toString();
        store.writeManifest("m", manifest(sound, digest));
        assertThat(store.shelf.list()).isEmpty();
        store.shelf.delete(ModelName.parse("m"));
        assertThat(store.shelf.find(ModelName.parse("m"))).isEmpty();
        new Housekeeping(store.stock).prune();
        assertThat(dir.resolve("outside/secret")).hasContent("secret");
    }

    @ParameterizedTest
    @MethodSource("digests")
    void anotherStoreWithSuchAManifestIsNotFollowedEither(String digest) throws IOException {
        var other = new TestStore(dir.resolve("other"));
        other.create("good", "one");
        String sound = other.upload("sound".getBytes()).toString();
        other.writeManifest("m", manifest(sound, digest));
        store.shelf.adopt(other.root, Optional.empty(), _ -> {});
        assertThat(store.names()).containsExactly("good:latest");
    }

    @Test
    void digestsOfEitherCaseAndSeparatorAreOne() {
        Digest digest = store.upload("x".getBytes());
        for (String text : new String[] {
            digest.toString(), digest.fileName(), "sha256:" + digest.hex().toUpperCase(java.util.Locale.ROOT)
        }) {
            assertThat(store.shelf.find(Digest.parse(text))).isPresent();
        }
    }

    @Test
    void sizesThatLieGetNoName() {
        Digest digest = store.upload("secret".getBytes());
        for (String size :
                new String[] {"0", "5", "7", "-6", "9223372036854775807", "99999999999999999999", "\"6\"", "6e3"}) {
            String json = manifest(digest.toString(), digest.toString()).replace("\"size\":6", "\"size\":" + size);
            assertThatThrownBy(() -> store.shelf.install(ModelName.parse("m"), json.getBytes(), _ -> {}))
                    .as(size)
                    .isInstanceOf(PaddockException.class);
        }
        assertThat(store.shelf.list()).isEmpty();
    }

    @Test
    void manifestsBeyondTheLimitsAreRefused() {
        for (String json : new String[] {
            "",
            "null",
            "[]",
            "3",
            "{",
            "{\"layers\":" + "[".repeat(100_000),
            " ".repeat(5 << 20) + "{}",
            "{\"config\":{},\"layers\":[]}",
            "{\"layers\":[[]]}",
            "{\"layers\":[null]}"
        }) {
            refused(() -> store.shelf.parse(json.getBytes()));
        }
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PaddockException.class, e -> assertThat(e.fault())
                .isEqualTo(Fault.INVALID_REQUEST));
    }

    private TreeSet<Path> everything() throws IOException {
        try (var paths = Files.walk(dir)) {
            return new TreeSet<>(paths.toList());
        }
    }
}
