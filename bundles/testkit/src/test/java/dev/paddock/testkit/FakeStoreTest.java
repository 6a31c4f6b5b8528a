package dev.paddock.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.model.ModelName;
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
    void aCopyIsAnotherNameForTheSame() {
        store.copy(ModelName.parse("starter"), ModelName.parse("twin"));
        assertThat(store.find(ModelName.parse("twin")).orElseThrow().weights())
                .isEqualTo(store.find(ModelName.parse("starter")).orElseThrow().weights());
    }
}
