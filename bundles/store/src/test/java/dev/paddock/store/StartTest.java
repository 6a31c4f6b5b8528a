package dev.paddock.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
    @TempDir
    Path dir;

    StorePlaces places;

    @BeforeEach
    void lay() throws IOException {
        Path starter = Files.write(dir.resolve("starter.gguf"), TestStore.gguf("starter"));
        places = new StorePlaces(dir.resolve("home/models"), starter, dir.resolve("home/starter.installed"));
    }

    private static void restart(StorePlaces places, Use use) throws Exception {
        var store = new FileModelStore(places, StoreSettings.QUIET);
        use.with(store);
        store.awaitHousekeeping();
        store.close();
    }

    private interface Use {
        void with(FileModelStore store) throws Exception;
    }

    @Test
    void theFirstQuestionToAnEmptyStoreFindsTheStarter() throws Exception {
        restart(places, store -> assertThat(store.find(ModelName.parse("starter")))
                .isPresent());
        restart(places, store -> assertThat(store.list())
                .extracting(m -> m.name().display())
                .containsExactly("starter:latest"));
    }

    @Test
    void aRemovedStarterDoesNotComeBack() throws Exception {
        restart(places, store -> store.delete(ModelName.parse("starter")));
        restart(places, store -> assertThat(store.list()).isEmpty());
        var elsewhere = new StorePlaces(dir.resolve("other/models"), places.starter(), places.marks());
        restart(elsewhere, store -> assertThat(store.list())
                .as("another directory starts anew")
                .hasSize(1));
    }

    @Test
    void aStoreWithModelsGetsNoStarter() throws Exception {
        new TestStore(places.models()).create("mine", "one");
        restart(places, store -> assertThat(store.list())
                .extracting(m -> m.name().model())
                .containsExactly("mine"));
        assertThat(places.marks()).doesNotExist();
    }

    @Test
    void aMissingOrBrokenStarterStopsNothing() throws Exception {
        Files.writeString(places.starter(), "broken");
        restart(places, store -> assertThat(store.list()).isEmpty());
        Files.delete(places.starter());
        restart(places, store -> assertThat(store.list()).isEmpty());
    }

    @Test
    void aDirectoryThatCannotBeMadeStopsNothing() throws Exception {
        Path inTheWay = Files.writeString(dir.resolve("file"), "x");
        var blocked = new StorePlaces(inTheWay.resolve("models"), places.starter(), places.marks());
        restart(blocked, store -> assertThat(store.list()).isEmpty());
    }

    @Test
    void housekeepingPrunesOnlyWhenAsked() throws Exception {
        var store = new TestStore(places.models());
        StoredModel model = store.create("mine", "one");
        Path unused = store.layout.blob(store.writeBlob("unused"));
        TestStore.old(unused);
        var careful = new FileModelStore(places, TestStore.NOPRUNE);
        careful.awaitHousekeeping();
        assertThat(unused).exists();
        restart(places, _ -> {});
        assertThat(unused).doesNotExist();
        assertThat(model.weights()).exists();
    }
}
