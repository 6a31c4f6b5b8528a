package dev.paddock.dialect.openai.completions;

import dev.paddock.api.engine.Logprob;
import dev.paddock.dialect.kit.Reply;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How likely an answer's tokens were, in the form of completions: four lists beside each other. One thread. */
final class LegacyLogprobs {
    /** OpenAI's number for a probability that is none; JSON has no infinity. */
    private static final double NEVER = -9999;

    private final int top;
    /** All that the tokens so far print: where a token begins in the text follows from it. */
    private final Utf8Count offset = new Utf8Count();

    /** @param top how many of the likeliest are told for each token */
    LegacyLogprobs(int top) {
        this.top = top;
    }

    /** Those of the next tokens; offsets are Unicode characters from the beginning of the answer. */
    Map<String, Object> json(List<Logprob> logprobs) {
        List<String> tokens = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        List<Map<String, Double>> likeliest = new ArrayList<>();
        List<Integer> offsets = new ArrayList<>();
        for (Logprob logprob : logprobs) {
            tokens.add(text(logprob));
            values.add(value(logprob));
            likeliest.add(likeliest(logprob));
            offsets.add(offset.characters());
            offset.add(logprob.bytes());
        }
        return new Reply()
                .put("tokens", tokens)
                .put("token_logprobs", values)
                .put("top_logprobs", top == 0 ? null : likeliest)
                .put("text_offset", offsets)
                .json();
    }

    /** With the chosen token, whether or not it is one of the likeliest. */
    private static Map<String, Double> likeliest(Logprob logprob) {
        Map<String, Double> json = new LinkedHashMap<>();
        for (Logprob other : logprob.top()) json.put(text(other), value(other));
        json.putIfAbsent(text(logprob), value(logprob));
        return json;
    }

    private static double value(Logprob logprob) {
        return Math.max(NEVER, logprob.value());
    }

    /** What a token prints; one that is part of a character as OpenAI writes it, {@code bytes:\xe2\x82}. */
    private static String text(Logprob logprob) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(logprob.bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            var text = new StringBuilder("bytes:");
            for (byte b : logprob.bytes()) text.append("\\x%02x".formatted(b & 0xff));
            return text.toString();
        }
    }

    /** Counts the characters in bytes that come in any pieces: each begins with a byte that continues none. */
    private static final class Utf8Count {
        private int characters;

        void add(byte[] bytes) {
            for (byte b : bytes) if ((b & 0xc0) != 0x80) characters++;
        }

        int characters() {
            return characters;
        }
    }
}
