package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.AdapterChoice;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.StoredModel;
import dev.paddock.testkit.FakeStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdapterSetsTest {
    private static final Path POLITE = Path.of("polite.gguf");
    private static final Path TERSE = Path.of("terse.gguf");

    private final FakeStore store = FakeStore.with("base", "other");
    private final StoredModel base = FakeStore.model("base");

    @BeforeEach
    void install() {
        add("polite", base, POLITE);
        add("terse", base, TERSE);
        add("both", base, POLITE, TERSE);
        add("foreign", FakeStore.model("other"), Path.of("foreign.gguf"));
    }

    @Test
    void aRequestThatSaysNothingGetsTheModelsOwnAsTrained() {
        assertThat(new AdapterSets(store).of(model("both"), AnswerForm.FREE))
                .containsExactly(new Adapter(POLITE, 1), new Adapter(TERSE, 1));
        assertThat(new AdapterSets(store).of(base, AnswerForm.FREE)).isEmpty();
    }

    @Test
    void aRequestThatSaysWhichGetsExactlyThose() {
        assertThat(of("base", choice("polite", 0.5), choice("terse", -2)))
                .containsExactly(new Adapter(POLITE, 0.5f), new Adapter(TERSE, -2));
        assertThat(of("polite")).as("not even its own").isEmpty();
        assertThat(of("polite", choice("terse", 1))).containsExactly(new Adapter(TERSE, 1));
        assertThat(of("polite", choice("polite", 3))).containsExactly(new Adapter(POLITE, 3));
        assertThat(of("base", choice("BOTH:latest", 10)))
                .containsExactly(new Adapter(POLITE, 10), new Adapter(TERSE, 10));
    }

    @Test
    void aScaleOfZeroIsAsIfNothingWereNamed() {
        assertThat(of("base", choice("polite", 0), choice("terse", -0.0))).isEmpty();
        assertThat(of("base", choice("polite", 1e-60))).isEmpty();
    }

    @Test
    void whatCannotBeUsedIsRefusedWithItsPlaceAndTheReason() {
        refused(
                Fault.MODEL_NOT_FOUND,
                "adapters[1].model: model 'nope' not found",
                choice("polite", 1),
                choice("nope", 0));
        refused(Fault.INVALID_REQUEST, "adapters[0].model: 'other' has no adapter", choice("other", 1));
        refused(
                Fault.INVALID_REQUEST,
                "adapters[0].model: the adapter of 'foreign' was made for other weights than those of base:latest",
                choice("foreign", 1));
        refused(
                Fault.INVALID_REQUEST,
                "adapters[1]: the adapter of 'both' is named twice",
                choice("polite", 1),
                choice("both", 0));
        refused(Fault.INVALID_REQUEST, "adapters[0].scale is NaN", choice("polite", Double.NaN));
        refused(Fault.INVALID_REQUEST, "adapters[0].scale is 10.5; allowed are -10 to 10", choice("polite", 10.5));
    }

    @Test
    void theModelsNamedMayHaveEightAdaptersTogether() {
        add("eight", base, files(8));
        assertThat(of("base", choice("eight", 1))).hasSize(8);
        refused(
                Fault.INVALID_REQUEST,
                "adapters: the models named have 9 adapters; at most 8 can be used at once",
                choice("eight", 1),
                choice("polite", 1));
    }

    private static Path[] files(int count) {
        return IntStream.range(0, count).mapToObj(i -> Path.of(i + ".gguf")).toArray(Path[]::new);
    }

    private void refused(Fault fault, String message, AdapterChoice... choices) {
        assertThatThrownBy(() -> of("base", choices))
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }

    private List<Adapter> of(String model, AdapterChoice... choices) {
        var form = new AnswerForm(
                Optional.empty(), OptionalInt.empty(), -1, Optional.empty(), Optional.of(List.of(choices)));
        return new AdapterSets(store).of(model(model), form);
    }

    private static AdapterChoice choice(String model, double scale) {
        return new AdapterChoice(model, scale);
    }

    private StoredModel model(String name) {
        return store.find(ModelName.parse(name)).orElseThrow();
    }

    private void add(String name, StoredModel of, Path... adapters) {
        store.add(new StoredModel(
                ModelName.parse(name),
                of.digest(),
                of.size(),
                of.modifiedAt(),
                of.details(),
                of.capabilities(),
                of.weights(),
                of.weightsDigest(),
                List.of(adapters),
                of.template(),
                of.system(),
                of.options(),
                of.messages(),
                of.licenses()));
    }
}
