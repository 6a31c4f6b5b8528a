package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.api.fault.Fault;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A model's tokens. Thread-safe. */
public final class Vocabulary {
    private static final int PIECE_BYTES = 128;
    private static final int LONGEST_TEXT = 12 << 20;
    private static final int MOST_TOKENS = 3 << 20;
    private static final int COMPARED = 4096;
    private static final int MOST_CONTROLS = 1024;

    private final MemorySegment vocab;
    private final int size;
    private final Map<String, Integer> controls = new ConcurrentHashMap<>();
    private volatile int[] ends;

    Vocabulary(MemorySegment vocab) {
        this.vocab = vocab;
        this.size = LlamaVocab.size(vocab);
    }

    /** Number of tokens; they are 0 to this, exclusive. */
    public int size() {
        return size;
    }

    /** Text of the begin-of-sequence token, or empty. */
    public String bosText() {
        return text(LlamaVocab.bos(vocab));
    }

    /** Text of the end-of-sequence token, or empty. */
    public String eosText() {
        return text(LlamaVocab.eos(vocab));
    }

    private String text(int token) {
        return token < 0 ? "" : LlamaVocab.text(vocab, check(token));
    }

    /**
     * Where another model's tokens differ from these, in words; empty when they do not. Of the texts a sample is
     * compared, because there may be hundreds of thousands.
     */
    public String difference(Vocabulary other) {
        if (size != other.size) return "it has " + other.size + " tokens, not " + size;
        if (LlamaVocab.bos(vocab) != LlamaVocab.bos(other.vocab)) return "its texts begin with another token";
        if (LlamaVocab.eos(vocab) != LlamaVocab.eos(other.vocab)) return "its texts end with another token";
        int step = Math.max(1, size / COMPARED);
        for (int token = 0; token < size; token += step) {
            if (endsGeneration(token) != other.endsGeneration(token)
                    || !text(token).equals(other.text(token))) {
                return "its token " + token + " is another (" + other.text(token) + ", not " + text(token) + ")";
            }
        }
        return "";
    }

    /** Whether this token ends an answer. */
    public boolean endsGeneration(int token) {
        return LlamaVocab.endsGeneration(vocab, check(token));
    }

    /** All tokens that end an answer; not to be changed. Looked for once, as there may be hundreds of thousands. */
    public int[] endTokens() {
        int[] known = ends;
        if (known == null) ends = known = findEnds();
        return known;
    }

    private int[] findEnds() {
        int[] found = new int[8];
        int count = 0;
        for (int token = 0; token < size; token++) {
            if (!LlamaVocab.endsGeneration(vocab, token)) continue;
            if (count == found.length) found = Arrays.copyOf(found, 2 * count);
            found[count++] = token;
        }
        return Arrays.copyOf(found, count);
    }

    /** Tokens that the model's makers want never to be chosen. */
    public int[] suppressedTokens() {
        return LlamaVocab.suppressed(vocab);
    }

    MemorySegment pointer() {
        return vocab;
    }

    /**
     * Refuses tokens that are none: native code would end the process.
     *
     * @throws LlamaException INVALID_REQUEST
     */
    public int check(int token) {
        if (token < 0 || token >= size) {
            throw new LlamaException(
                    Fault.INVALID_REQUEST, "token " + token + " is not in the vocabulary (0 to " + (size - 1) + ")");
        }
        return token;
    }

    /** Text to tokens. */
    public int[] tokenize(String text, boolean addSpecial, boolean parseSpecial) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(utf8.length, 1)).asSlice(0, utf8.length);
            MemorySegment.copy(utf8, 0, bytes, JAVA_BYTE, 0, utf8.length);
            // Three bytes a token is the common case; the worst case is asked for again.
            MemorySegment tokens = arena.allocate(JAVA_INT, utf8.length / 3 + 16);
            int count = LlamaVocab.tokenize(vocab, bytes, tokens, addSpecial, parseSpecial);
            if (count < 0 && count > Integer.MIN_VALUE) {
                tokens = arena.allocate(JAVA_INT, -count);
                count = LlamaVocab.tokenize(vocab, bytes, tokens, addSpecial, parseSpecial);
            }
            if (count < 0) {
                throw new LlamaException(Fault.INVALID_REQUEST, "the text is too long to be tokenized");
            }
            if (count > MOST_TOKENS) {
                throw new LlamaException(
                        Fault.INVALID_REQUEST, "the text has " + count + " tokens; at most " + MOST_TOKENS + " fit");
            }
            return tokens.asSlice(0, (long) count * Integer.BYTES).toArray(JAVA_INT);
        }
    }

    /** Tokens to text, control tokens included; bytes that are no UTF-8 become U+FFFD. */
    public String detokenize(int[] tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(tokens.length * 4);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(PIECE_BYTES);
            for (int token : tokens) {
                bytes.writeBytes(piece(token, buffer, true));
                if (bytes.size() > LONGEST_TEXT) {
                    throw new LlamaException(
                            Fault.INVALID_REQUEST,
                            "the text of these tokens is too long: over " + LONGEST_TEXT + " bytes");
                }
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * The control token with exactly this text, or -1: all other tokens print their text anyway. Kept, as the same ones
     * are asked for with each request.
     */
    public int control(String text) {
        Integer known = controls.get(text);
        if (known != null) return known;
        int token = findControl(text);
        if (controls.size() < MOST_CONTROLS) controls.put(text, token);
        return token;
    }

    private int findControl(String text) {
        int[] tokens = tokenize(text, false, true);
        if (tokens.length != 1) return -1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = pieceBuffer(arena);
            boolean exactly = Arrays.equals(piece(tokens[0], buffer, true), text.getBytes(StandardCharsets.UTF_8));
            return exactly && piece(tokens[0], buffer, false).length == 0 ? tokens[0] : -1;
        }
    }

    /** A buffer for {@link #piece} that its owner uses again and again. */
    public static MemorySegment pieceBuffer(Arena arena) {
        return arena.allocate(PIECE_BYTES);
    }

    /**
     * The bytes of a token as it is printed; may be part of a character.
     *
     * @param special prints control tokens too; those that a model's makers defined for content always print
     */
    public byte[] piece(int token, MemorySegment buffer, boolean special) {
        int length = LlamaVocab.piece(vocab, check(token), buffer, special);
        if (length >= 0) return buffer.asSlice(0, length).toArray(JAVA_BYTE);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment larger = arena.allocate(-length);
            int whole = LlamaVocab.piece(vocab, token, larger, special);
            return larger.asSlice(0, Math.max(whole, 0)).toArray(JAVA_BYTE);
        }
    }
}
