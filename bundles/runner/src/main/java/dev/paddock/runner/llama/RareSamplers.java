package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.paddock.api.engine.Sampling;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** libllama: samplers that few requests use; each is linked when it is used first. */
final class RareSamplers {
    private static final int MIROSTAT_CANDIDATES = 100;

    private RareSamplers() {}

    private static final class DynamicTemperature {
        // struct llama_sampler * llama_sampler_init_temp_ext(float t, float delta, float exponent)
        static final MethodHandle INIT = Linking.bind(
                Llama.LIBRARY,
                "llama_sampler_init_temp_ext",
                FunctionDescriptor.of(ADDRESS, JAVA_FLOAT, JAVA_FLOAT, JAVA_FLOAT));
    }

    private static final class TopNSigma {
        // struct llama_sampler * llama_sampler_init_top_n_sigma(float n)
        static final MethodHandle INIT = Linking.bind(
                Llama.LIBRARY, "llama_sampler_init_top_n_sigma", FunctionDescriptor.of(ADDRESS, JAVA_FLOAT));
    }

    private static final class Xtc {
        // struct llama_sampler * llama_sampler_init_xtc(float p, float t, size_t min_keep, uint32_t seed)
        static final MethodHandle INIT = Linking.bind(
                Llama.LIBRARY,
                "llama_sampler_init_xtc",
                FunctionDescriptor.of(ADDRESS, JAVA_FLOAT, JAVA_FLOAT, JAVA_LONG, JAVA_INT));
    }

    private static final class MirostatOne {
        // struct llama_sampler * llama_sampler_init_mirostat(int32_t n_vocab, uint32_t seed, float tau, float eta,
        //         int32_t m)
        static final MethodHandle INIT = Linking.bind(
                Llama.LIBRARY,
                "llama_sampler_init_mirostat",
                FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_FLOAT, JAVA_INT));
    }

    private static final class MirostatTwo {
        // struct llama_sampler * llama_sampler_init_mirostat_v2(uint32_t seed, float tau, float eta)
        static final MethodHandle INIT = Linking.bind(
                Llama.LIBRARY,
                "llama_sampler_init_mirostat_v2",
                FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_FLOAT, JAVA_FLOAT));
    }

    private static final class Dry {
        // struct llama_sampler * llama_sampler_init_dry(const struct llama_vocab * vocab, float dry_multiplier,
        //         float dry_base, int32_t dry_allowed_length, int32_t dry_penalty_last_n,
        //         const char ** seq_breakers, size_t num_breakers)
        static final MethodHandle INIT = Linking.bind(
                Llama.LIBRARY,
                "llama_sampler_init_dry",
                FunctionDescriptor.of(
                        ADDRESS, ADDRESS, JAVA_FLOAT, JAVA_FLOAT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
    }

    static MemorySegment temperature(Sampling.Temperature t) {
        try {
            return (MemorySegment) DynamicTemperature.INIT.invokeExact(t.value(), t.range(), t.exponent());
        } catch (Throwable thrown) {
            throw Linking.rethrow(thrown);
        }
    }

    static MemorySegment topNSigma(float n) {
        try {
            return (MemorySegment) TopNSigma.INIT.invokeExact(n);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment xtc(Sampling.Xtc xtc, int seed) {
        try {
            return (MemorySegment) Xtc.INIT.invokeExact(xtc.probability(), xtc.threshold(), 1L, seed);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment mirostat(Sampling.Mirostat m, int vocabulary, int seed) {
        try {
            if (m.version() == 2) return (MemorySegment) MirostatTwo.INIT.invokeExact(seed, m.tau(), m.eta());
            return (MemorySegment)
                    MirostatOne.INIT.invokeExact(vocabulary, seed, m.tau(), m.eta(), MIROSTAT_CANDIDATES);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** The library copies the breakers. */
    static MemorySegment dry(MemorySegment vocab, Sampling.Dry dry, int lastN) {
        try (Arena arena = Arena.ofConfined()) {
            List<String> texts = dry.breakers();
            MemorySegment breakers = arena.allocate(ADDRESS, Math.max(1, texts.size()));
            for (int i = 0; i < texts.size(); i++) {
                breakers.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
            }
            return (MemorySegment) Dry.INIT.invokeExact(
                    vocab, dry.multiplier(), dry.base(), dry.allowedLength(), lastN, breakers, (long) texts.size());
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
