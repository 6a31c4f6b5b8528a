package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.ValueType;
import dev.paddock.gguf.model.ModelSanity.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The tokens of a model and what is told of them. */
final class VocabularySanity {
    private static final String TOKENS = "tokenizer.ggml.tokens";
    private static final String SCORES = "tokenizer.ggml.scores";
    private static final String TYPES = "tokenizer.ggml.token_type";
    private static final String CHARACTER_MAP = "tokenizer.ggml.precompiled_charsmap";

    /** llama.cpp's {@code LLAMA_TOKEN_TYPE_BYTE}. */
    private static final Long BYTE = 6L;

    private static final Pattern BYTE_TOKEN = Pattern.compile("<0x[0-9A-Fa-f]{2}>");

    private final GgufFile file;
    private final String model;

    VocabularySanity(GgufFile file) {
        this.file = file;
        this.model = file.text("tokenizer.ggml.model").orElse("");
    }

    void check() throws Fault {
        if (model.isEmpty()) throw new Fault("does not name its tokenizer (tokenizer.ggml.model)");
        if (model.equals("none") || model.equals("no_vocab")) {
            throw new Fault("has no vocabulary, so that no text can be given to it");
        }
        List<?> tokens = array(TOKENS, ValueType.STRING);
        if (tokens.isEmpty()) throw new Fault("has an empty vocabulary");
        checkLength(TYPES, tokens.size());
        checkLength(SCORES, tokens.size());
        checkScores();
        Set<String> known = different(tokens);
        checkByteTokens(tokens);
        if (model.equals("llama")) checkBytes(known);
        SpecialTokens.check(file, model, tokens.size());
        if (model.equals("t5") && file.entries().containsKey(CHARACTER_MAP)) checkCharacterMap();
    }

    private List<?> array(String key, ValueType element) throws Fault {
        var entry = file.entries().get(key);
        if (entry == null || entry.type() != ValueType.ARRAY || entry.element() != element) {
            throw new Fault("has no list of type " + element.name().toLowerCase(Locale.ROOT) + " under " + key);
        }
        return read(key);
    }

    private List<?> read(String key) {
        return file.list(key).orElseThrow(() -> new IllegalArgumentException("the arrays of the file were not read"));
    }

    private void checkLength(String key, int tokens) throws Fault {
        if (!isArray(key)) return;
        int length = read(key).size();
        if (length < tokens) throw new Fault("has " + tokens + " tokens, but only " + length + " values under " + key);
    }

    private boolean isArray(String key) {
        return file.type(key).filter(type -> type == ValueType.ARRAY).isPresent();
    }

    private void checkScores() throws Fault {
        if (!isArray(SCORES)) return;
        for (Object score : read(SCORES)) {
            if (score instanceof Double number && !Double.isFinite(number)) {
                throw new Fault("has a token whose score is " + number);
            }
        }
    }

    /** llama.cpp counts them afterwards, and ends when there are fewer. It reads texts up to a NUL, and names empty ones. */
    private static Set<String> different(List<?> tokens) throws Fault {
        Set<String> seen = HashSet.newHashSet(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            String token = (String) tokens.get(i);
            int nul = token.indexOf('\0');
            if (nul >= 0) token = token.substring(0, nul);
            if (token.isEmpty()) token = "[EMPTY_" + i + "]";
            if (!seen.add(token)) throw new Fault("has token " + i + " of its vocabulary twice");
        }
        return seen;
    }

    /** llama.cpp cuts the number out of what is marked as a byte, wherever it is. */
    private void checkByteTokens(List<?> tokens) throws Fault {
        if (!isArray(TYPES)) return;
        List<?> types = read(TYPES);
        for (int i = 0; i < tokens.size(); i++) {
            if (!types.get(i).equals(BYTE)) continue;
            if (model.equals("bert")
                    || !BYTE_TOKEN.matcher((String) tokens.get(i)).matches()) {
                throw new Fault("has token " + i + " marked as a byte, which it is not");
            }
        }
    }

    /** A byte that is no token ends the process when a text holds it. */
    private static void checkBytes(Set<String> tokens) throws Fault {
        for (int b = 0; b < 256; b++) {
            boolean plain = b > 0 && b < 128 && tokens.contains(String.valueOf((char) b));
            if (!plain && !tokens.contains("<0x%02X>".formatted(b))) {
                throw new Fault("has no token for the byte " + b + ", so that not every text could be given to it");
            }
        }
    }

    private void checkCharacterMap() throws Fault {
        var entry = file.entries().get(CHARACTER_MAP);
        boolean bytes = entry.element() == ValueType.UINT8 || entry.element() == ValueType.INT8;
        if (entry.type() != ValueType.ARRAY || !bytes) {
            throw new Fault("has no bytes under " + CHARACTER_MAP);
        }
        List<?> values = read(CHARACTER_MAP);
        byte[] map = new byte[values.size()];
        for (int i = 0; i < map.length; i++) map[i] = ((Long) values.get(i)).byteValue();
        if (!CharacterMap.sound(map))
            throw new Fault("has a table of characters (" + CHARACTER_MAP + ") that points outside itself");
    }
}
