package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.model.ModelSanity.Fault;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Tokens that a tokenizer puts around a text: those that it adds must be there. Which they are is told by the file, or
 * by llama.cpp for each kind of tokenizer.
 */
final class SpecialTokens {
    private static final int NONE = -1;
    /** BPE tokenizers that begin a text with a token unless the file says otherwise. */
    private static final Set<String> BEGINNING = Set.of(
            "llama3",
            "llama-v3",
            "llama-bpe",
            "falcon3",
            "falcon-h1",
            "pixtral",
            "midm-2.0",
            "lfm2",
            "jina-v5-nano",
            "tekken",
            "chameleon",
            "gemma4");
    /** BPE tokenizers without a token of their own for the beginning. */
    private static final Set<String> WITHOUT_BEGIN = Set.of("glm4", "chatglm-bpe");

    private final GgufFile file;
    private final int tokens;

    private SpecialTokens(GgufFile file, int tokens) {
        this.file = file;
        this.tokens = tokens;
    }

    static void check(GgufFile file, String model, int tokens) throws Fault {
        var special = new SpecialTokens(file, tokens);
        switch (model) {
            case "bert" -> {
                special.need("bos_token_id", 101);
                special.need("seperator_token_id", 102); // llama.cpp's spelling
            }
            case "llama", "plamo2" -> special.needIfAdded(model.equals("llama"), 1, false, 2);
            case "t5" -> {
                special.needIfAdded(false, NONE, true, 1);
                special.need("unknown_token_id", 2);
            }
            case "gemma4" -> special.needIfAdded(true, NONE, false, NONE);
            case "gpt2" -> special.bytePairs();
            default -> {} // adds none, or llama.cpp does not know it and says so
        }
    }

    private void bytePairs() throws Fault {
        String pre = file.text("tokenizer.ggml.pre").orElse("");
        needIfAdded(BEGINNING.contains(pre), WITHOUT_BEGIN.contains(pre) ? NONE : 11, false, 11);
    }

    private void needIfAdded(boolean beginAdded, int begin, boolean endAdded, int end) throws Fault {
        if (added("add_bos_token", beginAdded)) need("bos_token_id", begin);
        if (added("add_eos_token", endAdded)) need("eos_token_id", end);
    }

    private boolean added(String key, boolean otherwise) {
        return file.metadata().get("tokenizer.ggml." + key) instanceof Boolean told ? told : otherwise;
    }

    private void need(String key, int otherwise) throws Fault {
        OptionalLong told = file.integer("tokenizer.ggml." + key);
        boolean there = told.isPresent() && told.getAsLong() >= 0 && told.getAsLong() < tokens;
        if (there || (otherwise != NONE && otherwise < tokens)) return;
        throw new Fault("adds a token to each text that it does not have; tokenizer.ggml." + key
                + " must name one of its " + tokens + " tokens");
    }
}
