package dev.paddock.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** The fake engine's tokens: one for each byte of UTF-8 (0 to 255) and a few control tokens from 256 on. */
public final class FakeVocabulary {
    /** The begin-of-sequence token. */
    public static final int BOS = 256;

    private static final List<String> CONTROL = List.of("<s>", "</s>", "<|im_start|>", "<|im_end|>");

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

    /** Tokens to text, control tokens included; bytes that are no UTF-8 become U+FFFD. */
    public static String detokenize(int[] tokens) {
        var bytes = new ByteArrayOutputStream(tokens.length);
        for (int token : tokens) {
            if (token < BOS) bytes.write(token);
            else bytes.writeBytes(CONTROL.get(token - BOS).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
