package dev.paddock.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.transfer.ModelTransfer;
import dev.paddock.api.transfer.RemoteModel;
import dev.paddock.gguf.GgufFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beside the weights, and parents that are not here. */
class BesideTest {
    private static final Map<String, Digest> NONE = Map.of();

    @TempDir
    Path dir;

    private Making making;

    @BeforeEach
    void open() {
        making = new Making(dir);
    }

    @AfterEach
    void close() {
        making.close();
    }

    private Map<String, Digest> base() {
        return making.upload("m.gguf", Making.packedModel("one"));
    }

    private Map<String, Digest> adapter(String name, String architecture) {
        return making.upload(name, Making.other("adapter", architecture));
    }

    private Map<String, Digest> all(List<Map<String, Digest>> files) {
        Map<String, Digest> all = new LinkedHashMap<>();
        files.forEach(all::putAll);
        return all;
    }

    @Test
    void filesOfOneModelFindTheirPlacesByTheirMetadata() {
        var projector = making.upload("p.gguf", Making.other("mmproj", "clip"));
        var model = making.build("m", Making.files(all(List.of(projector, base(), adapter("a.gguf", "llama")))));
        assertThat(making.layers("m")).containsExactly("model", "projector", "adapter");
        assertThat(model.projectors()).hasSize(1);
        assertThat(model.adapters()).hasSize(1);
        assertThat(model.details().families()).containsExactly("llama", "clip");
        assertThat(making.steps()).contains("parsing GGUF");
    }

    @Test
    void adaptersJoinThoseOfTheParentAndThereIsALimit() throws Exception {
        making.build("base", Making.files(base()));
        making.build("one", Making.beside("base", NONE, NONE, adapter("a.gguf", "llama")));
        var two = making.build("two", Making.beside("one", NONE, NONE, adapter("b.gguf", "llama")));
        assertThat(two.adapters()).hasSize(2);
        Map<String, Digest> many = new LinkedHashMap<>();
        for (int i = 0; i < 7; i++) many.putAll(adapter(i + ".gguf", "llama"));
        making.refused(Making.beside("two", NONE, NONE, many), Fault.INVALID_REQUEST, "a model has at most 8 adapters");
    }

    @Test
    void anAdapterOfAnotherArchitectureIsRefused() throws Exception {
        making.build("base", Making.files(base()));
        making.refused(
                Making.beside("base", NONE, NONE, adapter("a.gguf", "gemma2")),
                Fault.INVALID_REQUEST,
                "is for models of the architecture gemma2, this one is of llama");
        making.refused(
                Making.beside("base", NONE, NONE, base()), Fault.INVALID_REQUEST, "m.gguf is a model, not an adapter");
    }

    @Test
    void aDraftIsOneModelAndReplacesTheParents() throws Exception {
        making.build("base", Making.files(base()));
        var small = making.upload("d.gguf", Making.packedModel("small"));
        making.build("drafted", Making.beside("base", NONE, small, NONE));
        assertThat(making.layers("drafted")).containsExactly("model", "draft");
        var other = making.upload("e.gguf", Making.packedModel("other"));
        var model = making.build("again", Making.beside("drafted", NONE, other, NONE));
        assertThat(making.layers("again")).containsExactly("model", "draft");
        assertThat(model.draft().orElseThrow().getFileName().toString())
                .isEqualTo(other.get("e.gguf").fileName());
        making.refused(
                Making.beside("base", NONE, adapter("a.gguf", "llama"), NONE),
                Fault.INVALID_REQUEST,
                "a draft is one model; a.gguf is an adapter");
    }

    @Test
    void aProjectorComesBesideAParentAndAnotherModelDoesNot() throws Exception {
        making.build("base", Making.files(base()));
        var projector = making.upload("p.gguf", Making.other("mmproj", "clip"));
        assertThat(making.build("seeing", Making.beside("base", projector, NONE, NONE))
                        .projectors())
                .hasSize(1);
        making.refused(
                Making.beside("base", base(), NONE, NONE),
                Fault.INVALID_REQUEST,
                "'from' names a model, and m.gguf is another");
    }

    @Test
    void aProjectorThatDoesNotTellItsKindIsMadeToTellIt() throws Exception {
        making.build("base", Making.files(base()));
        var silent = making.upload("p.gguf", Making.other("mmproj", "clip"));
        var model = making.build("m", Making.beside("base", silent, NONE, NONE));
        assertThat(making.steps()).contains("updating GGUF projector metadata");
        assertThat(GgufFile.read(model.projectors().getFirst()).text("clip.projector_type"))
                .contains("mlp");
        var telling = making.upload("p.gguf", Making.other("mmproj", "clip").text("clip.projector_type", "ldp"));
        assertThat(making.build("m", Making.beside("base", telling, NONE, NONE))
                        .projectors()
                        .getFirst())
                .hasFileName(telling.get("p.gguf").fileName());
        assertThat(making.steps()).doesNotContain("updating GGUF projector metadata");
    }

    @Test
    void aParentThatIsNotHereIsPulledAndItsProgressPassedOn() {
        making.builder.setTransfer(new ModelTransfer() {
            @Override
            public void pull(RemoteModel model, boolean insecure, Consumer<Progress> told) {
                told.accept(Progress.step("pulling manifest"));
                making.builder.build(model.name(), Making.files(base()), _ -> {});
                told.accept(Progress.step(Progress.SUCCESS));
            }

            @Override
            public void push(RemoteModel model, boolean insecure, Consumer<Progress> told) {
                throw new AssertionError("nothing is pushed");
            }
        });
        var model = making.build("mine", Making.from("far.example/ns/away:tag"));
        assertThat(model.details().parentModel()).isEqualTo("far.example/ns/away:tag");
        assertThat(making.steps()).startsWith("pulling manifest").endsWith("writing manifest", "success");
        assertThat(making.told.stream().filter(step -> step.status().equals(Progress.SUCCESS)))
                .hasSize(1);
        assertThat(making.store.find(ModelName.parse("far.example/ns/away:tag")))
                .isPresent();
    }
}
