package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeleteTest {
    @TempDir
    Path dir;

    TestStore store;

    @BeforeEach
    void open() {
        store = new TestStore(dir);
    }

    @Test
    void onlyBlobsThatNobodyUsesGo() throws IOException {
        var one = store.create("u/one", "shared");
        var two = store.create("two", "shared");
        store.shelf.delete(ModelName.parse("U/ONE"));
        assertThat(one.weights()).exists();
        assertThat(dir.resolve("manifests/registry.ollama.ai/u")).doesNotExist();
        store.shelf.delete(two.name());
        assertThat(store.blobNames()).isEmpty();
        assertThat(dir.resolve("manifests")).isEmptyDirectory();
    }

    @Test
    void blobsStayWhileAManifestIsUnreadable() throws IOException {
        var model = store.create("one", "one");
        store.writeManifest("broken", "{");
        store.shelf.delete(model.name());
        assertThat(model.weights()).exists();
        assertThat(store.shelf.list()).isEmpty();
    }

    @Test
    void anUnknownModelIsNotFound() {
        assertThatThrownBy(() -> store.shelf.delete(ModelName.parse("nobody")))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.MODEL_NOT_FOUND));
    }

    @Test
    void creatingDeletingAndListingAtOnceNeverLosesABlobInUse() throws Exception {
        store.create("anchor", "shared");
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int worker = 0; worker < 6; worker++) {
                String name = "m" + worker;
                all.add(pool.submit(turns(() -> {
                    store.create(name, "shared");
                    store.create(name, name);
                    store.shelf.delete(ModelName.parse(name));
                    return null;
                })));
            }
            all.add(pool.submit(turns(() -> {
                assertThat(store.names()).contains("anchor:latest");
                return null;
            })));
            for (Future<?> task : all) task.get();
        }
        var anchor = store.shelf.find(ModelName.parse("anchor")).orElseThrow();
        assertThat(store.shelf.metadata(anchor)).isNotEmpty();
        assertThat(store.names()).containsExactly("anchor:latest");
        assertThat(store.blobNames())
                .as("the anchor's weights and configuration")
                .hasSize(2);
    }

    private static Callable<Void> turns(Callable<Void> turn) {
        return () -> {
            for (int i = 0; i < 8; i++) turn.call();
            return null;
        };
    }
}
