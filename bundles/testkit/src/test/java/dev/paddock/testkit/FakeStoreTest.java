package dev.paddock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Options;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FakeStoreTest {
    private final FakeStore store = FakeStore.with("starter", "other");

    @Test
    void modelsAreFoundWithoutRegardToCaseAndGoneWhenDeleted() {
        assertThat(store.find(ModelName.parse("STARTER:latest"))).isPresent();
        store.delete(ModelName.parse("Starter"));
        assertThat(store.list()).extracting(m -> m.name().display()).containsExactly("other:latest");
        EngineContract.assertFault(() -> store.delete(ModelName.parse("starter")), Fault.MODEL_NOT_FOUND);
    }

    @Test
    void aModelIsMadeFromAnUploadedFile() {
        byte[] content = {1, 2, 3};
        var recipe = recipe(Map.of("m.gguf", Digest.of(content)));
        EngineContract.assertFault(
                () -> store.create(ModelName.parse("mine"), recipe, step -> {}), Fault.INVALID_REQUEST);
        store.putBlob(Digest.of(content), new ByteArrayInputStream(content));
        store.create(ModelName.parse("mine"), recipe, step -> {});
        assertThat(store.list().getFirst().name().display()).isEqualTo("mine:latest");
    }

    private static ModelRecipe recipe(Map<String, Digest> files) {
        return new ModelRecipe(
                Optional.empty(), files, Optional.empty(), Optional.empty(), Options.NONE, List.of(), List.of());
    }
}
