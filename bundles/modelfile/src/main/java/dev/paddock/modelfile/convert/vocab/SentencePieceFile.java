package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Refused;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A SentencePiece model: the few fields that matter of a protobuf message, read within its bounds. */
final class SentencePieceFile {
    /** Ways to choose pieces, by their numbers in the file. */
    static final int UNIGRAM = 1;

    static final int PAIRS = 2;

    private static final int WIRE_VARINT = 0;
    private static final int WIRE_64 = 1;
    private static final int WIRE_BYTES = 2;
    private static final int WIRE_32 = 5;

    /**
     * @param text of it, with {@code ▁} for a space
     * @param score the higher the sooner
     * @param type what it is for
     */
    record Piece(String text, float score, TokenType type) {}

    private final List<Piece> pieces = new ArrayList<>();
    private int kind = UNIGRAM;
    private boolean suffix;
    private boolean prefix = true;
    private boolean extraSpacesGo = true;
    private byte[] charsmap = {};
    /** Pieces for the unknown, the begin, the end, and filling; negative = none. */
    private final int[] roles = {0, 1, 2, -1};

    private SentencePieceFile() {}

    static SentencePieceFile parse(byte[] bytes) {
        SentencePieceFile file = new SentencePieceFile();
        each(ByteBuffer.wrap(bytes), (field, value) -> {
            switch (field) {
                case 1 -> file.piece(value.bytes());
                case 2 -> file.trainer(value.bytes());
                case 3 -> file.normalizer(value.bytes());
                default -> {}
            }
        });
        if (file.pieces.isEmpty()) throw damaged("it has no pieces");
        return file;
    }

    private void piece(ByteBuffer message) {
        if (pieces.size() == Vocabulary.MOST_TOKENS) throw damaged("it has too many pieces");
        var piece = new Object() {
            String text = "";
            float score;
            int type = TokenType.NORMAL.id();
        };
        each(message, (field, value) -> {
            switch (field) {
                case 1 ->
                    piece.text = StandardCharsets.UTF_8.decode(value.bytes()).toString();
                case 2 -> piece.score = Float.intBitsToFloat((int) value.number());
                case 3 -> piece.type = (int) value.number();
                default -> {}
            }
        });
        TokenType type = Arrays.stream(TokenType.values())
                .filter(known -> known.id() == piece.type)
                .findFirst()
                .orElseThrow(() -> damaged("a piece is of type " + piece.type));
        if (piece.text.isEmpty() || !Float.isFinite(piece.score)) throw damaged("a piece has no text or no score");
        pieces.add(new Piece(piece.text, piece.score, type));
    }

    private void trainer(ByteBuffer message) {
        each(message, (field, value) -> {
            switch (field) {
                case 3 -> kind = (int) value.number();
                case 24 -> suffix = value.number() != 0;
                case 40, 41, 42, 43 -> roles[field - 40] = (int) value.number();
                default -> {}
            }
        });
    }

    private void normalizer(ByteBuffer message) {
        each(message, (field, value) -> {
            switch (field) {
                case 2 -> {
                    ByteBuffer map = value.bytes();
                    charsmap = new byte[map.remaining()];
                    map.get(charsmap);
                }
                case 3 -> prefix = value.number() != 0;
                case 4 -> extraSpacesGo = value.number() != 0;
                default -> {}
            }
        });
    }

    private record Value(long number, ByteBuffer content) {
        ByteBuffer bytes() {
            if (content == null) throw damaged("a field has the wrong type");
            return content;
        }
    }

    @FunctionalInterface
    private interface Field {
        void found(int number, Value value);
    }

    private static void each(ByteBuffer message, Field field) {
        message.order(ByteOrder.LITTLE_ENDIAN);
        while (message.hasRemaining()) {
            long tag = varint(message);
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case WIRE_VARINT -> field.found(number, new Value(varint(message), null));
                case WIRE_64 -> field.found(number, new Value(need(message, 8).getLong(), null));
                case WIRE_32 -> field.found(number, new Value(need(message, 4).getInt(), null));
                case WIRE_BYTES -> field.found(number, new Value(0, content(message)));
                default -> throw damaged("a field has an unknown type");
            }
        }
    }

    private static ByteBuffer content(ByteBuffer message) {
        long length = varint(message);
        if (length < 0 || length > message.remaining()) throw damaged("a field is longer than what holds it");
        ByteBuffer content = message.slice(message.position(), (int) length);
        message.position(message.position() + (int) length);
        return content;
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = need(message, 1).get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) return value;
        }
        throw damaged("a number has no end");
    }

    private static ByteBuffer need(ByteBuffer message, int bytes) {
        if (message.remaining() < bytes) throw damaged("it ends too early");
        return message;
    }

    private static RuntimeException damaged(String words) {
        return Refused.because("tokenizer.model is no sound SentencePiece model: " + words);
    }

    List<Piece> pieces() {
        return pieces;
    }

    /** {@link #UNIGRAM}, {@link #PAIRS}, or another number. */
    int kind() {
        return kind;
    }

    /** The piece that stands for the unknown. */
    int unknown() {
        return roles[0];
    }

    /** The piece that begins a text; negative when there is none. */
    int begin() {
        return roles[1];
    }

    /** The piece that ends a text; negative when there is none. */
    int end() {
        return roles[2];
    }

    /** The piece that fills gaps; negative when there is none. */
    int padding() {
        return roles[3];
    }

    /** Whether spaces end words rather than begin them. */
    boolean suffix() {
        return suffix;
    }

    /** Whether a text begins with a space that is not there. */
    boolean prefix() {
        return prefix;
    }

    /** Whether several spaces become one. */
    boolean extraSpacesGo() {
        return extraSpacesGo;
    }

    /** What characters are replaced before, in SentencePiece's own form; empty when none are. */
    byte[] charsmap() {
        return charsmap;
    }
}
