package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How a text is split into words before bytes are merged: llama.cpp has the known ways built in, each with a name. Here
 * the steps of {@code tokenizer.json} are compared with those of the known ways. One that is not known is refused: split
 * otherwise, the model would read texts as it never did in its training.
 */
final class PreTokenizers {
    private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String REST = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String REST_SLASH = "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String START = "[^\\r\\n\\p{L}\\p{N}]?";

    private static final String LLAMA3 = CONTRACTIONS + "|" + START + "\\p{L}+|\\p{N}{1,3}" + REST;
    private static final String QWEN2 = CONTRACTIONS + "|" + START + "\\p{L}+|\\p{N}" + REST;
    private static final String TEKKEN =
            START + UPPER + "*" + LOWER + "+|" + START + UPPER + "+" + LOWER + "*|\\p{N}" + REST_SLASH;
    private static final String GPT4O = START + UPPER + "*" + LOWER + "+" + CONTRACTIONS + "?|" + START + UPPER + "+"
            + LOWER + "*" + CONTRACTIONS + "?|\\p{N}{1,3}" + REST_SLASH;
    private static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";

    private static final String DEEPSEEK = "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|"
            + "[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private static final String BYTES = "bytes";
    private static final String WORDS_AND_BYTES = "words and bytes";
    private static final String DIGITS = "digits";

    /**
     * @param name llama.cpp's
     * @param whole whether a word that is a token is taken before any merge
     */
    private record Known(String name, boolean whole) {}

    /** Two names for the same words, where one of them looks for whole words first. */
    private static final Map<List<String>, List<Known>> KNOWN = Map.of(
            List.of(split(LLAMA3), BYTES),
            List.of(new Known("llama-bpe", true), new Known("dbrx", false)),
            List.of(split(QWEN2), BYTES),
            List.of(new Known("qwen2", false)),
            List.of(split(TEKKEN), BYTES),
            List.of(new Known("tekken", true)),
            List.of(split(GPT4O), BYTES),
            List.of(new Known("gpt-4o", false)),
            List.of(split(GPT2), BYTES),
            List.of(new Known("gpt-2", false)),
            List.of(split("\\p{N}{1,3}"), split("[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+"), split(DEEPSEEK), BYTES),
            List.of(new Known("deepseek-v3", false)),
            List.of(WORDS_AND_BYTES),
            List.of(new Known("gpt-2", false)),
            List.of(DIGITS, WORDS_AND_BYTES),
            List.of(new Known("smollm", false)));

    private PreTokenizers() {}

    /** The name of the way that a tokenizer goes. */
    static String name(TokenizerJson tokenizer) {
        List<String> steps = new ArrayList<>();
        collect(tokenizer.part("pre_tokenizer"), steps);
        List<Known> known = KNOWN.get(steps);
        if (known == null) throw unknown(steps);
        boolean whole = tokenizer.flag("ignore_merges");
        // A way with the other habit differs in words that are tokens but that no merges lead to: hardly ever.
        return known.stream()
                .filter(way -> way.whole() == whole)
                .findFirst()
                .orElse(known.getFirst())
                .name();
    }

    private static void collect(JsonNode step, List<String> steps) {
        String type = step.path("type").asString("");
        switch (type) {
            case "Sequence" -> step.path("pretokenizers").forEach(inner -> collect(inner, steps));
            case "ByteLevel" -> {
                if (step.path("add_prefix_space").asBoolean(true)) {
                    throw Refused.because("tokenizer.json: a space before every text (add_prefix_space of ByteLevel) is"
                            + " not supported");
                }
                steps.add(step.path("use_regex").asBoolean(true) ? WORDS_AND_BYTES : BYTES);
            }
            case "Digits" -> steps.add(step.path("individual_digits").asBoolean(false) ? DIGITS : "Digits together");
            case "Split" -> steps.add(splitStep(step));
            default -> steps.add(type);
        }
    }

    private static String splitStep(JsonNode step) {
        String regex = step.path("pattern").path("Regex").asString("");
        boolean plain = !regex.isEmpty() && !step.path("invert").asBoolean(false);
        String behavior = step.path("behavior").asString("");
        // Removed with invert is how some say the same: what matches stays, and all of a text matches.
        boolean inverted = !regex.isEmpty() && step.path("invert").asBoolean(false) && behavior.equals("Removed");
        if ((plain && behavior.equals("Isolated")) || inverted) return split(canonical(regex));
        return "Split (" + behavior + ") by " + regex;
    }

    private static String split(String regex) {
        return "split by " + regex;
    }

    /** Spellings of the same. */
    private static String canonical(String regex) {
        return regex.replace("\r", "\\r")
                .replace("\n", "\\n")
                .replace("(?i:[sdmt]|ll|ve|re)", "(?i:s|t|re|ve|m|ll|d)")
                .replace("'(?i:s|t|re|ve|m|ll|d)", CONTRACTIONS)
                .replace("(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])", CONTRACTIONS)
                .replace("\\p{N}{1}|", "\\p{N}|");
    }

    private static RuntimeException unknown(List<String> steps) {
        String words = String.join(", ", steps);
        return Refused.because(
                "tokenizer.json: texts are split into words in a way that is not known ("
                        + words.substring(0, Math.min(words.length(), 300))
                        + "); known are those of gpt-2, llama-bpe (Llama 3), qwen2, tekken (Mistral), gpt-4o, deepseek-v3 and smollm");
    }
}
