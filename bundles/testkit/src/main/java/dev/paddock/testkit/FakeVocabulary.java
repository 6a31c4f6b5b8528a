package dev.paddock.testkit;

import dev.paddock.api.engine.Sampling;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** The fake engine's tokens: one for each byte of UTF-8 (0 to 255) and a few control tokens from 256 on. */
public final class FakeVocabulary {
    /** The begin-of-sequence token. */
    public static final int BOS = 256;

    private static final List<String> CONTROL = List.of("<s>", "</s>", "<|im_start|>", "<|im_end|>");

    /** A bias that overcomes everything else, as for real models. */
    public static final int FORCE = 100;

    /** Number of tokens. */
    public static final int SIZE = BOS + CONTROL.size();

    private FakeVocabulary() {}

    /** Text of the begin-of-sequence token. */
    public static String bos() {
        return CONTROL.get(0);
    }

    /** Text of the end-of-sequence token. */
    public static String eos() {
        return CONTROL.get(1);
    }

    /** Whether a token ends an answer. */
    public static boolean ends(int token) {
        return token == BOS + CONTROL.indexOf("</s>") || token == BOS + CONTROL.indexOf("<|im_end|>");
    }

    /** The token that an order's biases leave nothing beside, being {@link #FORCE} at least; -1 = none. */
    public static int forced(Sampling sampling) {
        return sampling.bias().stream()
                .filter(bias -> bias.value() >= FORCE)
                .mapToInt(Sampling.Bias::token)
                .findFirst()
                .orElse(-1);
    }

    /** The bytes that a token prints in an answer that shows these control tokens. */
    public static byte[] bytes(int token, List<String> shown) {
        boolean prints = token < BOS || shown.contains(CONTROL.get(token - BOS)) && !ends(token);
        return prints ? bytes(token) : new byte[0];
    }

    /** The text that tokens print in an answer that shows these control tokens. */
    public static String print(int[] tokens, List<String> shown) {
        var bytes = new ByteArrayOutputStream(tokens.length);
        for (int token : tokens) bytes.writeBytes(bytes(token, shown));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Text to tokens; see {@link dev.paddock.api.engine.LoadedModel#tokenize}. */
    public static int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        var tokens = IntStream.builder();
        if (addSpecial) tokens.add(BOS);
        int from = 0;
        for (int at = 0; parseSpecial && at < text.length(); ) {
            int control = controlAt(text, at);
            if (control < 0) {
                at++;
                continue;
            }
            addBytes(text.substring(from, at), tokens);
            tokens.add(BOS + control);
            at += CONTROL.get(control).length();
            from = at;
        }
        addBytes(text.substring(from), tokens);
        return tokens.build().toArray();
    }

    private static int controlAt(String text, int at) {
        for (int i = 0; i < CONTROL.size(); i++) if (text.startsWith(CONTROL.get(i), at)) return i;
        return -1;
    }

    private static void addBytes(String text, IntStream.Builder tokens) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) tokens.add(b & 0xff);
    }

    /** The bytes of a token, control tokens too. */
    public static byte[] bytes(int token) {
        return token < BOS
                ? new byte[] {(byte) token}
                : CONTROL.get(token - BOS).getBytes(StandardCharsets.UTF_8);
    }

    /** Tokens to text, control tokens included; bytes that are no UTF-8 become U+FFFD. */
    public static String detokenize(int[] tokens) {
        var bytes = new ByteArrayOutputStream(tokens.length);
        for (int token : tokens) bytes.writeBytes(bytes(token));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
