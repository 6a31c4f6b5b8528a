package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.StoredModel;
import dev.paddock.testkit.FakeStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DraftSearchTest {
    private final FakeStore store = FakeStore.with("small", "large");

    @Test
    void theWeightsOfADraftComeFromTheStore() {
        var draft = search("SMALL:latest");
        assertThat(draft.weights()).contains(FakeStore.model("small").weights());
        assertThat(draft.refusal()).isEmpty();
    }

    @Test
    void whoWantsNoDraftAsksNoStore() {
        var order = order(LoadOrder.Draft.NONE);
        var search = new DraftSearch(() -> {
            throw new AssertionError("asked");
        });
        assertThat(search.completed(order)).isSameAs(order);
    }

    @Test
    void whatIsNotInstalledIsLeftOutWithTheReason() {
        refused(search("tiny:latest"), "tiny:latest", "not installed");
    }

    @Test
    void whatCannotGuessIsLeftOutWithTheReason() {
        store.add(small(Set.of(Capability.EMBEDDING), List.of()));
        refused(search("small:latest"), "small:latest", "does not generate text");
        store.add(small(Set.of(Capability.COMPLETION), List.of(Path.of("adapter.gguf"))));
        refused(search("small:latest"), "small:latest", "without it");
    }

    @Test
    void aDamagedDraftIsLeftOutWithTheReason() {
        store.add(FakeStore.model("small").withDamage("blob x is missing"));
        refused(search("small:latest"), "small:latest", "damaged: blob x is missing");
    }

    @Test
    void withoutAStoreModelsAreLoadedWithoutDrafts() {
        var order = new DraftSearch(Optional::empty).completed(order(LoadOrder.Draft.of("small:latest")));
        refused(order.draft(), "small:latest", "no model store");
    }

    private LoadOrder.Draft search(String name) {
        return new DraftSearch(() -> Optional.of(store))
                .completed(order(LoadOrder.Draft.of(name)))
                .draft();
    }

    private static void refused(LoadOrder.Draft draft, String name, String why) {
        assertThat(draft.weights()).isEmpty();
        assertThat(draft.model()).isEqualTo(name);
        assertThat(draft.refusal()).contains(why);
    }

    private static LoadOrder order(LoadOrder.Draft draft) {
        return new LoadOrder("large:latest", Path.of("large"), "", 512, 0, 1, 0).with(draft);
    }

    private static StoredModel small(Set<Capability> capabilities, List<Path> adapters) {
        var m = FakeStore.model("small");
        return new StoredModel(
                m.name(),
                m.digest(),
                m.size(),
                m.modifiedAt(),
                m.details(),
                capabilities,
                m.weights(),
                m.weightsDigest(),
                adapters,
                m.template(),
                m.system(),
                m.options(),
                m.messages(),
                m.licenses());
    }
}
