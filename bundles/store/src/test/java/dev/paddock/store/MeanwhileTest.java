package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens between two looks of housekeeping, and around it. */
class MeanwhileTest {
    @TempDir
    Path dir;

    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(dir);
    }

    @Test
    void aBlobThatIsAskedForAfterThePlanWasMadeStays() throws IOException {
        store.create("m", "one");
        Digest wanted = store.writeBlob("wanted");
        Digest unused = store.writeBlob("unused");
        for (Digest digest : List.of(wanted, unused)) TestStore.old(store.layout.blob(digest));
        var plan = new Pruning(store.stock).plan(References.read(store.stock.tree()));
        assertThat(plan.items()).hasSize(2);
        assertThat(store.shelf.keep(wanted)).isPresent();
        assertThat(new Housekeeping(store.stock).remove(plan)).hasSize(1);
        assertThat(store.layout.blob(wanted)).exists();
        assertThat(store.layout.blob(unused)).doesNotExist();
    }

    @Test
    void aBlobThatCameBackAfterItWasMissedIsSound() throws IOException {
        Digest digest = store.create("m", "one").weightsDigest();
        byte[] content = Files.readAllBytes(store.layout.blob(digest));
        Files.delete(store.layout.blob(digest));
        var check = new SizeCheck(store.stock);
        var seen = check.look();
        store.upload(content);
        assertThat(check.judge(seen)).endsWith("all there");
        assertThat(store.shelf.find(digest)).isPresent();
    }

    @Test
    void manifestsOfAnotherShapeAreNotReadAsThoseOfNothing() throws IOException {
        store.writeManifest("a", "{\"layers\":{\"digest\":\"sha256:" + "a".repeat(64) + "\"}}");
        store.writeManifest("b", "{\"layers\":[],\"config\":\"sha256:" + "a".repeat(64) + "\"}");
        store.writeManifest("c", "{\"layers\":null,\"config\":null}");
        assertThat(References.read(store.stock.tree()).unreadable())
                .extracting(References.Unreadable::path)
                .containsExactlyInAnyOrder(store.manifest("a"), store.manifest("b"));
    }

    @Test
    void progressIsWrittenInDigitsThatEveryReaderKnows() throws Exception {
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR"));
        try {
            byte[] content = "0123456789".getBytes(StandardCharsets.US_ASCII);
            Digest digest = Digest.of(content);
            try (var partial = store.shelf.partial(digest, content.length)) {
                partial.write(0, ByteBuffer.wrap(content, 0, 4));
            }
            assertThat(store.shelf.begun(digest)).isEqualTo(4);
        } finally {
            Locale.setDefault(usual);
        }
    }
}
