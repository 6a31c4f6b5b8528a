package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libllama: samplers. A chain must end with one that selects, or sampling ends the process. */
final class LlamaSamplers {
    private static final FunctionDescriptor POINTER_OF_FLOAT_SIZE =
            FunctionDescriptor.of(ADDRESS, JAVA_FLOAT, JAVA_LONG);
    private static final FunctionDescriptor POINTER_OF_INT = FunctionDescriptor.of(ADDRESS, JAVA_INT);

    // struct llama_sampler * llama_sampler_chain_init(struct llama_sampler_chain_params params)
    private static final MethodHandle CHAIN_INIT = Linking.bind(
            Llama.LIBRARY, "llama_sampler_chain_init", FunctionDescriptor.of(ADDRESS, Layouts.SAMPLER_CHAIN_PARAMS));

    // void llama_sampler_chain_add(struct llama_sampler * chain, struct llama_sampler * smpl)
    private static final MethodHandle CHAIN_ADD =
            Linking.bind(Llama.LIBRARY, "llama_sampler_chain_add", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));

    // void llama_sampler_free(struct llama_sampler * smpl)
    private static final MethodHandle FREE = Linking.bind(Llama.LIBRARY, "llama_sampler_free", Linking.VOID_OF_POINTER);

    // void llama_sampler_accept(struct llama_sampler * smpl, llama_token token)
    private static final MethodHandle ACCEPT =
            Linking.bind(Llama.LIBRARY, "llama_sampler_accept", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));

    // void llama_sampler_apply(struct llama_sampler * smpl, llama_token_data_array * cur_p)
    private static final MethodHandle APPLY =
            Linking.bind(Llama.LIBRARY, "llama_sampler_apply", FunctionDescriptor.ofVoid(ADDRESS, ADDRESS));

    // struct llama_sampler * llama_sampler_chain_remove(struct llama_sampler * chain, int32_t i)
    private static final MethodHandle CHAIN_REMOVE = Linking.bind(
            Llama.LIBRARY, "llama_sampler_chain_remove", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));

    // llama_token llama_sampler_sample(struct llama_sampler * smpl, struct llama_context * ctx, int32_t idx)
    private static final MethodHandle SAMPLE = Linking.bind(
            Llama.LIBRARY, "llama_sampler_sample", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));

    // struct llama_sampler * llama_sampler_init_greedy(void)
    private static final MethodHandle GREEDY =
            Linking.bind(Llama.LIBRARY, "llama_sampler_init_greedy", FunctionDescriptor.of(ADDRESS));

    /** The others are linked apart: {@link Natives} does it while the model loads. */
    static final class Random {
        // struct llama_sampler * llama_sampler_init_dist(uint32_t seed)
        static final MethodHandle DIST = Linking.bind(Llama.LIBRARY, "llama_sampler_init_dist", POINTER_OF_INT);

        // struct llama_sampler * llama_sampler_init_top_k(int32_t k)
        static final MethodHandle TOP_K = Linking.bind(Llama.LIBRARY, "llama_sampler_init_top_k", POINTER_OF_INT);

        // struct llama_sampler * llama_sampler_init_top_p(float p, size_t min_keep)
        static final MethodHandle TOP_P =
                Linking.bind(Llama.LIBRARY, "llama_sampler_init_top_p", POINTER_OF_FLOAT_SIZE);

        // struct llama_sampler * llama_sampler_init_min_p(float p, size_t min_keep)
        static final MethodHandle MIN_P =
                Linking.bind(Llama.LIBRARY, "llama_sampler_init_min_p", POINTER_OF_FLOAT_SIZE);

        // struct llama_sampler * llama_sampler_init_typical(float p, size_t min_keep)
        static final MethodHandle TYPICAL =
                Linking.bind(Llama.LIBRARY, "llama_sampler_init_typical", POINTER_OF_FLOAT_SIZE);

        // struct llama_sampler * llama_sampler_init_temp(float t)
        static final MethodHandle TEMP =
                Linking.bind(Llama.LIBRARY, "llama_sampler_init_temp", FunctionDescriptor.of(ADDRESS, JAVA_FLOAT));
    }

    private static final class Penalties {
        // struct llama_sampler * llama_sampler_init_penalties(int32_t n_vocab, int32_t penalty_last_n,
        //         float penalty_repeat, float penalty_freq, float penalty_present)
        static final MethodHandle INIT = Linking.bind(
                Llama.LIBRARY,
                "llama_sampler_init_penalties",
                FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT, JAVA_FLOAT, JAVA_FLOAT, JAVA_FLOAT));
    }

    private LlamaSamplers() {}

    static MemorySegment newChain() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment params = arena.allocate(Layouts.SAMPLER_CHAIN_PARAMS);
            params.set(JAVA_BOOLEAN, 0, true);
            return (MemorySegment) CHAIN_INIT.invokeExact(params);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** The chain owns the sampler from now on. */
    static void add(MemorySegment chain, MemorySegment sampler) {
        try {
            CHAIN_ADD.invokeExact(chain, sampler);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** The sampler at this place, which is the caller's from now on. */
    static MemorySegment remove(MemorySegment chain, int place) {
        try {
            return (MemorySegment) CHAIN_REMOVE.invokeExact(chain, place);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** Runs all samplers over an array of candidates. */
    static void apply(MemorySegment chain, MemorySegment candidates) {
        try {
            APPLY.invokeExact(chain, candidates);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static void free(MemorySegment chain) {
        try {
            FREE.invokeExact(chain);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static void accept(MemorySegment chain, int token) {
        try {
            ACCEPT.invokeExact(chain, token);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** Picks and accepts a token; the index is that of a token in the last batch whose output was asked for. */
    static int sample(MemorySegment chain, MemorySegment context, int index) {
        try {
            return (int) SAMPLE.invokeExact(chain, context, index);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment greedy() {
        try {
            return (MemorySegment) GREEDY.invokeExact();
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    static MemorySegment dist(int seed) {
        return ofInt(Random.DIST, seed);
    }

    static MemorySegment topK(int k) {
        return ofInt(Random.TOP_K, k);
    }

    static MemorySegment topP(float p) {
        return keepingOne(Random.TOP_P, p);
    }

    static MemorySegment minP(float p) {
        return keepingOne(Random.MIN_P, p);
    }

    static MemorySegment typical(float p) {
        return keepingOne(Random.TYPICAL, p);
    }

    static MemorySegment temperature(float t) {
        try {
            return (MemorySegment) Random.TEMP.invokeExact(t);
        } catch (Throwable thrown) {
            throw Linking.rethrow(thrown);
        }
    }

    static MemorySegment penalties(int vocabulary, int lastN, float repeat, float frequency, float presence) {
        try {
            return (MemorySegment) Penalties.INIT.invokeExact(vocabulary, lastN, repeat, frequency, presence);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    private static MemorySegment ofInt(MethodHandle init, int value) {
        try {
            return (MemorySegment) init.invokeExact(value);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    private static MemorySegment keepingOne(MethodHandle init, float p) {
        try {
            return (MemorySegment) init.invokeExact(p, 1L);
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }
}
