package dev.paddock.gguf.random;

import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A working byte-level BPE vocabulary of any size: the 256 byte symbols, some English merges, invented words that fill
 * it up (never made by the tokenizer, but printable when the model samples them), and the control tokens.
 */
final class Vocabulary {
    private static final int NORMAL = 1;
    private static final int CONTROL = 3;
    private static final List<String> CONTROLS = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final String WORDS = "the of and to in is it you that was for on are with as at be this have from "
            + "or one had by word but not what all were we when your can said there use an each which she do how their "
            + "if will up other about out many then them these so some her would make like him into time has look two "
            + "more write go see number no way could people my than first water been call who oil its now find long "
            + "down day did get come made may part user assistant system hello world model answer question";
    private static final String CONSONANTS = "bcdfghjklmnprstvwxyz";
    private static final String VOWELS = "aeiou";

    private final List<String> tokens;
    private final List<String> merges;

    Vocabulary(int size) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> pairs = new LinkedHashSet<>();
        for (int b = 0; b < 256; b++) found.add(String.valueOf(symbol(b)));
        for (String word : WORDS.split(" ", -1)) merge(symbol(' ') + word, found, pairs);
        for (int i = 0; found.size() < size - CONTROLS.size(); i++) found.add(symbol(' ') + invented(i));
        found.addAll(CONTROLS);
        tokens = List.copyOf(found);
        merges = List.copyOf(pairs);
    }

    int size() {
        return tokens.size();
    }

    void describe(GgufWriter out) {
        int firstControl = tokens.size() - CONTROLS.size();
        List<Integer> types = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) types.add(i < firstControl ? NORMAL : CONTROL);
        out.text("tokenizer.ggml.model", "gpt2");
        out.text("tokenizer.ggml.pre", "gpt-2");
        out.array("tokenizer.ggml.tokens", ValueType.STRING, tokens);
        out.array("tokenizer.ggml.token_type", ValueType.INT32, types);
        out.array("tokenizer.ggml.merges", ValueType.STRING, merges);
        out.uint32("tokenizer.ggml.bos_token_id", firstControl);
        out.uint32("tokenizer.ggml.eos_token_id", firstControl + 2);
        out.uint32("tokenizer.ggml.padding_token_id", firstControl);
        out.bool("tokenizer.ggml.add_bos_token", false);
    }

    /** What GPT-2's byte-level alphabet uses for a byte: itself when printable, else a character from U+0100 on. */
    static char symbol(int b) {
        if (printable(b)) return (char) b;
        int rank = 0;
        for (int i = 0; i < b; i++) if (!printable(i)) rank++;
        return (char) (0x100 + rank);
    }

    private static boolean printable(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xa1 && b <= 0xac) || b >= 0xae;
    }

    private static void merge(String word, Set<String> tokens, Set<String> merges) {
        String left = word.substring(0, 1);
        for (int i = 1; i < word.length(); i++) {
            String right = word.substring(i, i + 1);
            merges.add(left + " " + right);
            left += right;
            tokens.add(left);
        }
    }

    /** Three syllables counted up: babab, ... */
    private static String invented(int number) {
        var word = new StringBuilder();
        for (int i = 0, rest = number; i < 3; i++, rest /= 100) {
            word.append(CONSONANTS.charAt(rest % 100 / 5)).append(VOWELS.charAt(rest % 5));
        }
        return word.toString();
    }
}
