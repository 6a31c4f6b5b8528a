package dev.paddock.gguf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.gguf.random.Mutations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of broken files, the same ones every time. {@code paddock.test.fuzz} says how many (20,000),
 * {@code paddock.test.fuzz.seed} which is the first.
 */
class FuzzTest {
    private static final int FILES = Integer.getInteger("paddock.test.fuzz", 20_000);
    private static final long FIRST = Long.getLong("paddock.test.fuzz.seed", 0);
    /** What opening a file and an exception take, and objects for entries that are smaller than themselves. */
    private static final long CONSTANT = 128 << 10;

    @TempDir
    Path dir;

    @Test
    void brokenFilesAreSoundOrRefusedInTimeAndWithLittleMemory() {
        List<Mutations> seeds = seeds();
        var gate = new Gate(dir.resolve("broken.gguf"), CONSTANT);
        warmUp(seeds);
        for (long seed = FIRST; seed < FIRST + FILES; seed++) {
            Mutations mutations = seeds.get((int) (seed % seeds.size()));
            gate.read(seed % 4 == 3 ? mutations.odd(seed) : mutations.torn(seed), "seed " + seed);
        }
        System.out.printf(
                "%d broken files, each read twice: %d sound, %d refused, at most %d bytes allocated beyond twice the size%n",
                FILES, gate.accepted, gate.refused, gate.mostBeyond);
        assertThat(gate.accepted).as("some are still sound").isGreaterThan(FILES / 20);
        assertThat(gate.refused).as("most are not").isGreaterThan(FILES / 2);
    }

    /** Classes that are loaded meanwhile are nobody's allocation. */
    private void warmUp(List<Mutations> seeds) {
        var gate = new Gate(dir.resolve("warm.gguf"), 64 << 20);
        for (int seed = 0; seed < 400; seed++)
            gate.read(seeds.get(seed % seeds.size()).torn(-seed), "warming up");
    }

    private static List<Mutations> seeds() {
        return List.of(
                Mutations.of(Samples.bytes(Samples.everything())),
                Mutations.of(Samples.bytes(model(300, 2))),
                Mutations.of(Samples.bytes(model(40, 40))),
                Mutations.of(Samples.bytes(new GgufWriter().text("general.architecture", "empty"))));
    }

    /** As a model's header is, without much behind it. */
    private static GgufWriter model(int tokens, int blocks) {
        List<String> words = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            words.add("token" + i);
            types.add(1);
        }
        var out = new GgufWriter()
                .text("general.architecture", "llama")
                .uint32("llama.block_count", blocks)
                .uint32("llama.context_length", 64)
                .uint32("llama.embedding_length", 8)
                .uint32("llama.attention.head_count", 2)
                .float32("llama.attention.layer_norm_rms_epsilon", 1e-5)
                .text("tokenizer.ggml.model", "gpt2")
                .array("tokenizer.ggml.tokens", ValueType.STRING, words)
                .array("tokenizer.ggml.token_type", ValueType.INT32, types)
                .array("tokenizer.ggml.merges", ValueType.STRING, List.of("t o", "to k"))
                .text("tokenizer.chat_template", "{{ messages }}")
                .tensor("token_embd.weight", GgmlType.F16, List.of(8L, (long) tokens), Samples.zeros(16 * tokens));
        for (int block = 0; block < blocks; block++) {
            out.tensor("blk." + block + ".attn_norm.weight", GgmlType.F32, List.of(8L), Samples.zeros(32));
            out.tensor("blk." + block + ".attn_q.weight", GgmlType.Q8_0, List.of(32L, 2L), Samples.zeros(68));
        }
        return out;
    }
}
