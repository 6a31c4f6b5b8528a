package dev.paddock.runner.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.Adapter;
import dev.paddock.api.fault.Fault;
import dev.paddock.gguf.random.RandomAdapter;
import dev.paddock.runner.RealThings;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LoRA adapters of random numbers on the starter model. */
class AdaptersDeviceTest {
    private static final int WIDTH = 256;
    private static final int LAYERS = 6;

    @TempDir
    static Path directory;

    private static Model model;
    private static Context context;
    private static Adapters adapters;
    private static NativeLog log;

    @BeforeAll
    static void load() throws IOException {
        if (!RealThings.there()) return;
        log = new NativeLog((level, line) -> {});
        Natives.open(RealThings.NATIVES);
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        Backends backends = Backends.load(RealThings.NATIVES, List.of(cpu), log);
        model = Model.load(RealThings.MODEL, log, fraction -> true);
        context = new Context(model, backends, new Context.Order(512, 256, 64, 2, 1), log);
    }

    @BeforeEach
    void begin() {
        RealThings.assumeThere();
        adapters = new Adapters(model, context, log);
    }

    @AfterAll
    static void free() {
        if (context != null) {
            adapters.close();
            context.close();
            model.close();
        }
    }

    @Test
    void anAdapterChangesTheAnswerAndLeavesNoTrace() throws IOException {
        Path file = adapter("random.gguf", WIDTH, 1);
        List<Integer> plain = answer();
        adapters.use(List.of(new Adapter(file, 0)));
        assertThat(answer()).isEqualTo(plain);
        adapters.use(List.of(new Adapter(file, 1)));
        assertThat(answer()).isNotEqualTo(plain);
        adapters.use(List.of());
        assertThat(answer()).isEqualTo(plain);
        adapters.close();
    }

    @Test
    void twoAdaptersTogetherAreAnotherSetThanEach() throws IOException {
        Path one = adapter("one.gguf", WIDTH, 1);
        Path two = adapter("two.gguf", WIDTH, 2);
        adapters.use(List.of(new Adapter(one, 1)));
        List<Integer> ofOne = answer();
        adapters.use(List.of(new Adapter(one, 1), new Adapter(two, 1)));
        assertThat(answer()).isNotEqualTo(ofOne);
        adapters.use(List.of(new Adapter(one, 1)));
        assertThat(answer()).isEqualTo(ofOne);
        assertThat(adapters.count()).isEqualTo(2);
        adapters.close();
    }

    @Test
    void anAdapterThatCannotBeUsedIsNamedAndChangesNothing() throws IOException {
        Path good = adapter("good.gguf", WIDTH, 1);
        adapters.use(List.of(new Adapter(good, 1)));
        List<Integer> before = answer();
        Path damaged = directory.resolve("damaged.gguf");
        Files.write(damaged, new byte[] {'G', 'G', 'U', 'F', 3, 0, 0, 0, 9});
        refused(damaged, 1);
        refused(directory.resolve("missing.gguf"), 1);
        refused(adapter("other-model.gguf", 2 * WIDTH, 1), 1);
        refused(RealThings.MODEL, 1);
        refused(good, Float.NaN);
        assertThatThrownBy(() -> adapters.use(List.of(new Adapter(good, 1), new Adapter(good, 2))))
                .hasMessageContaining("twice");
        assertThat(answer()).isEqualTo(before);
        adapters.close();
    }

    @Test
    void theLeastRecentlyUsedIsFreedWhenThereAreMany() throws IOException {
        Path first = adapter("first.gguf", WIDTH, 1);
        adapters.use(List.of(new Adapter(first, 1)));
        List<Integer> before = answer();
        for (int i = 0; i < Adapters.KEPT + 3; i++) {
            adapters.use(List.of(new Adapter(adapter("many-" + i + ".gguf", WIDTH, i), 1)));
            assertThat(adapters.count()).isLessThanOrEqualTo(Adapters.KEPT);
        }
        adapters.use(List.of(new Adapter(first, 1)));
        assertThat(answer()).isEqualTo(before);
        adapters.close();
    }

    private static void refused(Path file, float scale) {
        assertThatThrownBy(() -> adapters.use(List.of(new Adapter(file, scale))))
                .hasMessageContaining(file.toString())
                .isInstanceOfSatisfying(
                        LlamaException.class, e -> assertThat(e.code()).isEqualTo(Fault.INVALID_REQUEST));
    }

    /** The greedy answer of 24 tokens. */
    private static List<Integer> answer() {
        List<Integer> answer = new ArrayList<>();
        String text = "<|im_start|>user\nWho are you?<|im_end|>\n<|im_start|>assistant\n";
        int[] prompt = model.vocabulary().tokenize(text, true, true);
        context.forget(0, 0);
        context.batch().clear();
        int index = 0;
        for (int i = 0; i < prompt.length; i++) {
            index = context.batch().add(prompt[i], i, 0, i == prompt.length - 1);
        }
        try (NativeChain greedy = new NativeChain(model.vocabulary())) {
            greedy.greedy();
            for (int i = 0; i < 24; i++) {
                assertThat(context.decode()).isEqualTo(Context.DONE);
                answer.add(greedy.sample(context, index));
                context.batch().clear();
                index = context.batch().add(answer.getLast(), prompt.length + i, 0, true);
            }
        }
        return answer;
    }

    private static Path adapter(String name, int width, long seed) throws IOException {
        return RandomAdapter.write(directory.resolve(name), width, LAYERS, seed);
    }
}
