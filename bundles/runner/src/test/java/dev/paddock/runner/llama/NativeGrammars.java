package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.paddock.runner.RealThings;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** Whether texts keep to grammars as llama.cpp itself follows them; for tests. The native libraries and a model must be there. */
public final class NativeGrammars implements AutoCloseable {
    private static final long ENTRY = 12;
    private static final long LOGIT = 4;

    private final Model model;
    private final MethodHandle init;

    public NativeGrammars() throws IOException {
        NativeLog log = new NativeLog((level, line) -> {});
        Natives.open(RealThings.NATIVES);
        Backends.load(RealThings.NATIVES, List.of(new Message.BackendFiles("cpu", RealThings.cpuVariants())), log);
        model = Model.load(RealThings.MODEL, log, fraction -> true);
        // struct llama_sampler * llama_sampler_init_grammar(const struct llama_vocab * vocab,
        //         const char * grammar_str, const char * grammar_root)
        init = Linking.bind(
                Llama.LIBRARY, "llama_sampler_init_grammar", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS));
    }

    /**
     * Whether a text is whole by a grammar.
     *
     * @throws IllegalArgumentException when llama.cpp refuses the grammar
     */
    public boolean accepts(String gbnf, String text) {
        int[] tokens = model.vocabulary().tokenize(text, false, false);
        if (!model.vocabulary().detokenize(tokens).equals(text)) {
            throw new IllegalStateException("the model's tokens do not give the text again: " + text);
        }
        MemorySegment grammar = grammar(gbnf);
        try {
            for (int token : tokens) {
                if (!allows(grammar, token)) return false;
                LlamaSamplers.accept(grammar, token);
            }
            return allows(grammar, model.vocabulary().endTokens()[0]);
        } finally {
            LlamaSamplers.free(grammar);
        }
    }

    private MemorySegment grammar(String gbnf) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment grammar = (MemorySegment) init.invokeExact(
                    model.vocabulary().pointer(), arena.allocateFrom(gbnf), arena.allocateFrom("root"));
            if (Linking.isNull(grammar)) throw new IllegalArgumentException("llama.cpp refuses the grammar\n" + gbnf);
            return grammar;
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** The grammar takes the likelihood of what it does not allow. */
    private static boolean allows(MemorySegment grammar, int token) {
        try (Candidates one = new Candidates(1)) {
            one.add(token, 0);
            MemorySegment array = one.array();
            LlamaSamplers.apply(grammar, array);
            MemorySegment entry = array.get(ADDRESS, 0).reinterpret(ENTRY);
            return entry.get(JAVA_FLOAT_UNALIGNED, LOGIT) > Float.NEGATIVE_INFINITY;
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
