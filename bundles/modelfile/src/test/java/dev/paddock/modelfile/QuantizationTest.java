package dev.paddock.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.engine.QuantizeOrder;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Progress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packing, with an engine that changes the number of the type and no weight. */
class QuantizationTest {
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

    private ModelRecipe plain(String quantize) {
        var files = making.upload("m.gguf", Making.plainModel("one"));
        return Making.packed(Making.files(files), quantize, "", false);
    }

    @ParameterizedTest
    @CsvSource({
        "q4_K_M,Q4_K_M",
        "Q4_K,Q4_K_M",
        "q5_k,Q5_K_M",
        "Q3_K,Q3_K_M",
        "f32,F32",
        "iq4_nl,IQ4_NL",
        "MXFP4,MXFP4_MOE"
    })
    void weightsArePackedByTheEngine(String asked, String type) throws Exception {
        var model = making.build("m", plain(asked));
        assertThat(model.details().quantization()).isEqualTo(type);
        QuantizeOrder order = making.engine.quantized().getFirst();
        assertThat(order.type()).isEqualTo(type);
        assertThat(order.requantize()).isFalse();
        assertThat(order.threads()).isEqualTo(3);
        assertThat(making.steps().subList(0, 3))
                .containsExactly("parsing GGUF", "quantizing F16 model to " + type, "verifying conversion");
        assertThat(making.steps().get(3)).startsWith("creating new layer sha256:");
        assertThat(making.blobs())
                .as("what was uploaded, weights, configuration, and no temporary file")
                .hasSize(3)
                .allMatch(name -> name.matches("sha256-[0-9a-f]{64}"));
    }

    @Test
    void itsProgressHasFiguresAndADigestThatClientsCanCut() {
        making.build("m", plain("Q8_0"));
        var figures = making.told.stream()
                .filter(step -> step.status().startsWith("quantizing"))
                .toList();
        assertThat(figures).hasSize(5).allMatch(step -> step.digest().equals("0000000000000000000"));
        assertThat(figures).extracting(Progress::completed).isSorted();
        assertThat(figures.getLast().completed()).isEqualTo(figures.getLast().total());
    }

    @Test
    void theSameTypeIsNoWork() throws Exception {
        making.build("m", plain("f16"));
        assertThat(making.engine.quantized()).isEmpty();
        assertThat(making.steps()).noneMatch(step -> step.startsWith("quantizing"));
    }

    @Test
    void packedWeightsArePackedAgainOnlyWhenThatIsAskedFor() throws Exception {
        var files = making.upload("m.gguf", Making.packedModel("one"));
        var recipe = Making.packed(Making.files(files), "Q4_0", "", false);
        making.refused(recipe, Fault.INVALID_REQUEST, "quantization is only supported for F16, BF16 and F32 models");
        assertThat(making.engine.quantized()).isEmpty();
        making.build("m", Making.packed(recipe, "Q4_0", "", true));
        assertThat(making.engine.quantized().getFirst().requantize()).isTrue();
    }

    @Test
    void aTypeThatNobodyMakesIsRefusedWithAllThatThereAre() throws Exception {
        making.refused(
                plain("Q4_X"),
                Fault.INVALID_REQUEST,
                "unsupported quantization type Q4_X - supported types are F32, F16, Q4_0, Q4_1, Q8_0");
        making.refused(plain("NVFP4"), Fault.INVALID_REQUEST, "unsupported quantization type NVFP4");
        making.refused(plain("q".repeat(9999)), Fault.INVALID_REQUEST, "unsupported quantization type qqqq");
    }

    @Test
    void aParentsWeightsArePackedAndEverythingElseStays() {
        making.build("base", new ModelRecipe(plain("").source(), ModelRecipe.Packing.KEEP, ModelRecipe.Changes.NONE));
        var model = making.build("m", Making.packed(Making.from("base"), "Q6_K", "", false));
        assertThat(model.details().quantization()).isEqualTo("Q6_K");
        assertThat(model.details().parentModel()).isEqualTo("base:latest");
        assertThat(making.store
                        .find(ModelName.parse("base"))
                        .orElseThrow()
                        .details()
                        .quantization())
                .isEqualTo("F16");
    }

    @Test
    void aDraftIsPackedByItself() throws Exception {
        Map<String, Digest> draft = making.upload("d.gguf", Making.plainModel("small"));
        Map<String, Digest> weights = making.upload("m.gguf", Making.packedModel("large"));
        var recipe = Making.beside("", weights, draft, Map.of());
        making.build("m", Making.packed(recipe, "", "q8_0", false));
        assertThat(making.engine.quantized()).extracting(QuantizeOrder::type).containsExactly("Q8_0");
        assertThat(making.steps()).contains("quantizing F16 draft model to Q8_0");
        assertThat(making.layers("m")).containsExactly("model", "draft");
        making.build("n", Making.packed(Making.from("m"), "", "F16", true));
        assertThat(making.engine.quantized()).as("a parent's too").hasSize(2);
        making.refused(
                Making.packed(Making.beside("", draft, weights, Map.of()), "", "Q4_0", false),
                Fault.INVALID_REQUEST,
                "draft quantization requires an unquantized draft model, got Q8_0");
        making.refused(
                Making.packed(Making.files(weights), "", "Q4_0", false),
                Fault.INVALID_REQUEST,
                "--draft-quantize requires a DRAFT model");
    }

    @Test
    void aQuantizerThatFailsLeavesNothing() throws Exception {
        making.engine.failNextQuantization(Fault.INVALID_REQUEST, "no importance matrix");
        making.refused(plain("IQ1_S"), Fault.INVALID_REQUEST, "no importance matrix");
    }

    @Test
    void withoutAnEngineThereIsNoQuantizing() throws Exception {
        making.builder.unsetEngine(making.engine);
        making.refused(plain("Q4_0"), Fault.UNAVAILABLE, "the engine");
    }

    @Test
    void anInterruptLeavesNothing() throws Exception {
        var recipe = plain("Q4_0");
        var before = making.blobs();
        var gate = making.engine.holdQuantizations();
        var failure = new CompletableFuture<PaddockException>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                making.build("m", recipe);
            } catch (PaddockException e) {
                failure.complete(e);
            }
        });
        gate.awaitArrival();
        thread.interrupt();
        assertThat(failure.get(20, TimeUnit.SECONDS).fault()).isEqualTo(Fault.CANCELLED);
        assertThat(making.blobs()).isEqualTo(before);
        assertThat(making.store.list()).isEmpty();
    }
}
