package dev.paddock.runner.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.api.fault.Fault;
import dev.paddock.gguf.random.RandomEncoder;
import dev.paddock.runner.FreeMemory;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.llama.Backends;
import dev.paddock.runner.llama.EmbeddingContext;
import dev.paddock.runner.llama.Model;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors of real models in this very process. */
class EmbedDeviceTest {
    private static final NativeLog LOG = new NativeLog((level, line) -> {});
    private static Backends backends;

    @TempDir
    private Path directory;

    private final LinkedBlockingQueue<Message.FromRunner> answers = new LinkedBlockingQueue<>();

    @BeforeAll
    static void load() throws IOException {
        if (!RealThings.there()) return;
        Natives.open(RealThings.NATIVES);
        backends = Backends.load(
                RealThings.NATIVES, List.of(new Message.BackendFiles("cpu", RealThings.cpuVariants())), LOG);
    }

    @BeforeEach
    void check() {
        RealThings.assumeThere();
    }

    @Test
    void manyInputsTogetherGetTheVectorsTheyGetAlone() throws Exception {
        for (var pooling : List.of(RandomEncoder.Pooling.MEAN, RandomEncoder.Pooling.CLS)) {
            try (Model model = encoder(pooling);
                    EmbedLoop loop = loop(model)) {
                List<int[]> inputs = new ArrayList<>();
                for (int i = 1; i <= 40; i++) inputs.add(tokens(model, i));
                List<float[]> together = vectors(loop, inputs);
                for (int i = 0; i < inputs.size(); i++) {
                    float[] alone = vectors(loop, List.of(inputs.get(i))).getFirst();
                    assertThat(cosine(alone, together.get(i))).isGreaterThan(0.999);
                }
                assertThat(cosine(together.get(3), together.get(30))).isLessThan(0.999);
            }
        }
    }

    @Test
    void anInputLongerThanAMicroBatchWorksAndItsVectorHasLengthOne() throws Exception {
        try (Model model = encoder(RandomEncoder.Pooling.MEAN);
                EmbedLoop loop = loop(model)) {
            int[] whole = tokens(model, RandomEncoder.CONTEXT);
            float[] vector = vectors(loop, List.of(whole)).getFirst();
            assertThat(vector).hasSize(RandomEncoder.WIDTH);
            assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-4));
            float[] half = vectors(loop, List.of(tokens(model, 600))).getFirst();
            assertThat(cosine(vector, half)).isLessThan(0.9999);
        }
    }

    @Test
    void aRerankerGivesAScoreForEachPair() throws Exception {
        try (Model model = encoder(RandomEncoder.Pooling.RANK);
                EmbedLoop loop = loop(model)) {
            List<float[]> scores = vectors(loop, List.of(tokens(model, 20), tokens(model, 50)));
            assertThat(scores).allSatisfy(score -> assertThat(score).hasSize(1));
            assertThat(scores.get(0)[0]).isNotEqualTo(scores.get(1)[0]);
            assertThat(vectors(loop, List.of(tokens(model, 50))).getFirst()[0])
                    .isCloseTo(scores.get(1)[0], within(1e-3f));
        }
    }

    @Test
    void aModelMadeForTextGivesVectorsToo() throws Exception {
        try (Model model = Model.load(RealThings.MODEL, LOG, fraction -> true);
                EmbedLoop loop = loop(model)) {
            assertThat(model.vectors().dedicated()).isFalse();
            List<int[]> inputs = List.of(tokens(model, 7), tokens(model, 1300), tokens(model, 9), tokens(model, 300));
            List<float[]> together = vectors(loop, inputs);
            for (int i = 0; i < inputs.size(); i++) {
                float[] alone = vectors(loop, List.of(inputs.get(i))).getFirst();
                assertThat(cosine(alone, together.get(i))).isGreaterThan(0.999);
                assertThat(cosine(alone, alone)).isCloseTo(1, within(1e-4));
            }
        }
    }

    @Test
    void badInputCostsOnlyItsOwnRequest() throws Exception {
        try (Model model = encoder(RandomEncoder.Pooling.MEAN);
                EmbedLoop loop = loop(model)) {
            assertThat(failure(loop, List.of())).isEqualTo(Fault.INVALID_REQUEST);
            assertThat(failure(loop, List.of(new int[0]))).isEqualTo(Fault.INVALID_REQUEST);
            assertThat(failure(loop, List.of(new int[] {-1}))).isEqualTo(Fault.INVALID_REQUEST);
            assertThat(failure(loop, List.of(tokens(model, RandomEncoder.CONTEXT + 1))))
                    .isEqualTo(Fault.CONTEXT_TOO_LONG);
            assertThat(vectors(loop, List.of(tokens(model, 5)))).hasSize(1);
        }
    }

    @Test
    void aCancelledRequestSaysSoAndTheNextOneIsAnswered() throws Exception {
        try (Model model = encoder(RandomEncoder.Pooling.MEAN);
                EmbedLoop loop = loop(model)) {
            List<int[]> many = new ArrayList<>();
            for (int i = 0; i < 500; i++) many.add(tokens(model, 500));
            loop.submit(new Message.Embed(1, many));
            loop.cancel(1);
            assertThat(answer()).isInstanceOfSatisfying(Message.Failed.class, failed -> {
                assertThat(failed.id()).isEqualTo(1);
                assertThat(failed.code()).isEqualTo(Fault.CANCELLED);
            });
            assertThat(vectors(loop, List.of(tokens(model, 5)))).hasSize(1);
            assertThat(loop.running() + loop.waiting()).isZero();
        }
    }

    @Test
    void theVectorOfTheLastTokenIsTheSameWhenTheOthersHaveNoOutput() throws Exception {
        try (Model model = Model.load(RealThings.MODEL, LOG, fraction -> true);
                EmbedLoop loop = loop(model)) {
            assertThat(model.vectors().lastTokenOnly()).isTrue();
            int[] tokens = tokens(model, 90);
            var order = new EmbeddingContext.Order(256, 128, 128, 1, 1);
            try (var context = new EmbeddingContext(model, model.vectors(), backends, order, LOG)) {
                for (int i = 0; i < tokens.length; i++) context.batch().add(tokens[i], i, 0, true);
                assertThat(context.compute()).isZero();
                float[] whole = VectorMath.normalize(context.vector(0));
                assertThat(cosine(vectors(loop, List.of(tokens)).getFirst(), whole))
                        .isGreaterThan(0.9999);
            }
        }
    }

    @Test
    void whatDoesNotFitTheMemoryIsRefusedWithTheNumbersAndCostsNobodyElseAnything() throws Exception {
        try (Model model = encoder(RandomEncoder.Pooling.MEAN);
                EmbedLoop loop = loop(model)) {
            free(1 << 20);
            loop.submit(new Message.Embed(43, List.of(tokens(model, 5))));
            assertThat(answer()).isInstanceOfSatisfying(Message.Failed.class, failed -> {
                assertThat(failed.code()).isEqualTo(Fault.OUT_OF_MEMORY);
                assertThat(failed.message())
                        .contains("5 tokens", "1 MB are free")
                        .containsPattern("about \\d+ MB");
            });
            assertThat(loop.moreBytes()).isZero();
            free(64 << 20);
            assertThat(vectors(loop, List.of(tokens(model, 500)))).hasSize(1);
            long held = loop.moreBytes();
            free(1 << 10);
            loop.submit(new Message.Embed(44, List.of(tokens(model, 7), tokens(model, 1000))));
            assertThat(((Message.Failed) answer()).code()).isEqualTo(Fault.OUT_OF_MEMORY);
            assertThat(vectors(loop, List.of(tokens(model, 400)))).hasSize(1);
            assertThat(loop.moreBytes()).isEqualTo(held);
        }
    }

    @Test
    void theMemoryItTakesIsToldAndNearWhatWasEstimated() throws Exception {
        for (boolean generates : new boolean[] {true, false}) {
            try (Model model = generates
                            ? Model.load(RealThings.MODEL, LOG, fraction -> true)
                            : encoder(RandomEncoder.Pooling.MEAN);
                    EmbedLoop loop = loop(model)) {
                assertThat(loop.moreBytes()).isZero();
                long shared = LOG.memory().total();
                vectors(loop, List.of(tokens(model, 1000)));
                var order = new EmbeddingContext.Order(1024, generates ? 512 : 1024, generates ? 32 : 1024, 32, 1);
                long estimate =
                        Need.of(model, model.vectors(), order, order.outputs()).total();
                assertThat(loop.moreBytes()).isBetween(estimate / 3, estimate);
                assertThat(LOG.memory().total()).isEqualTo(shared);
            }
        }
    }

    @Test
    void aContextMadeBeforehandIsToldOnce() throws Exception {
        try (Model model = encoder(RandomEncoder.Pooling.MEAN);
                EmbedLoop loop = loop(model)) {
            assertThat(loop.prepare().total()).isGreaterThan(1 << 20);
            assertThat(loop.moreBytes()).isZero();
            vectors(loop, List.of(tokens(model, 2000)));
            assertThat(loop.moreBytes()).isGreaterThan(1 << 20);
        }
    }

    private void free(long bytes) throws IOException {
        Files.writeString(directory.resolve("meminfo"), "MemAvailable: " + bytes / 1024 + " kB\n");
    }

    private Model encoder(RandomEncoder.Pooling pooling) throws IOException {
        Path file = directory.resolve(pooling + ".gguf");
        RandomEncoder.write(pooling, 7, file);
        return Model.load(file, LOG, fraction -> true);
    }

    private EmbedLoop loop(Model model) {
        return new EmbedLoop(
                new EmbedLoop.Means(
                        model, backends, LOG, 2048, 1, new FreeMemory(directory.resolve("meminfo"), directory)),
                answers::add);
    }

    private static int[] tokens(Model model, int count) {
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++)
            tokens[i] = (count * 31 + i * 17) % (model.vocabulary().size() - 8) + 5;
        return tokens;
    }

    private List<float[]> vectors(EmbedLoop loop, List<int[]> inputs) throws Exception {
        loop.submit(new Message.Embed(42, inputs));
        Message.FromRunner answer = answer();
        assertThat(answer).as("%s", answer).isInstanceOf(Message.Vectors.class);
        return ((Message.Vectors) answer).vectors();
    }

    private Fault failure(EmbedLoop loop, List<int[]> inputs) throws Exception {
        loop.submit(new Message.Embed(43, inputs));
        return ((Message.Failed) answer()).code();
    }

    private Message.FromRunner answer() throws InterruptedException {
        return answers.poll(60, TimeUnit.SECONDS);
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) sum += (double) one[i] * other[i];
        return sum;
    }
}
