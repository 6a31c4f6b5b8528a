package dev.paddock.operator;

import java.util.List;
import java.util.Map;

/**
 * The texts of the tokens that begin and end a sequence, which templates print.
 *
 * @param begin empty when there is none
 * @param end empty when there is none
 */
record SequenceTexts(String begin, String end) {
    private static final String TOKENIZER = "tokenizer.ggml.";
    /** SentencePiece vocabularies that do not say have these. */
    private static final int BEGIN = 1;

    private static final int END = 2;
    private static final int NONE = -1;

    /** Reads a GGUF file's key-values. */
    static SequenceTexts read(Map<String, Object> metadata) {
        boolean pieces = "llama".equals(metadata.get(TOKENIZER + "model"));
        return new SequenceTexts(
                text(metadata, "bos_token_id", pieces ? BEGIN : NONE),
                text(metadata, "eos_token_id", pieces ? END : NONE));
    }

    private static String text(Map<String, Object> metadata, String key, int otherwise) {
        long id = metadata.get(TOKENIZER + key) instanceof Number number ? number.longValue() : otherwise;
        if (!(metadata.get(TOKENIZER + "tokens") instanceof List<?> tokens)) return "";
        return id >= 0 && id < tokens.size() && tokens.get((int) id) instanceof String text ? text : "";
    }
}
