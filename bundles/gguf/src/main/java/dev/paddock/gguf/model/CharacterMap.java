package dev.paddock.gguf.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;

/**
 * SentencePiece's table of how characters are normalised: the length of a trie in bytes, the trie, and the texts that it
 * points to. llama.cpp checks each step that it takes in it, but ends its process when one leads outside; so all steps
 * that any text could take are taken here.
 *
 * <p>A unit of the trie has the label of its edge in bits 0 to 7, in bit 8 whether a text ends there, in bits 10 to 30,
 * shifted by eight if bit 9 is set, where its children are; those with bit 31 hold the place of a text.
 */
final class CharacterMap {
    private static final int LABEL_BITS = 0x8000_00ff;
    private static final int TEXT_ENDS = 1 << 8;

    private final int[] units;
    private final byte[] texts;
    private final BitSet seen;
    private final Deque<Integer> open = new ArrayDeque<>();

    private CharacterMap(int[] units, byte[] texts) {
        this.units = units;
        this.texts = texts;
        this.seen = new BitSet(units.length);
    }

    /** Whether no text can lead outside the table. */
    static boolean sound(byte[] map) {
        if (map.length < Integer.BYTES) return false;
        var in = ByteBuffer.wrap(map).order(ByteOrder.LITTLE_ENDIAN);
        long trieBytes = Integer.toUnsignedLong(in.getInt());
        if (trieBytes + Integer.BYTES >= map.length) return false;
        int[] units = new int[(int) trieBytes / Integer.BYTES];
        for (int i = 0; i < units.length; i++) units[i] = in.getInt();
        byte[] texts = new byte[map.length - Integer.BYTES - (int) trieBytes];
        in.position(Integer.BYTES + (int) trieBytes).get(texts);
        return units.length == 0 || new CharacterMap(units, texts).sound();
    }

    /** The last text must end: every other ends there at the latest. */
    private boolean sound() {
        if (texts[texts.length - 1] != 0) return false;
        open.push(base(units[0]));
        while (!open.isEmpty()) {
            if (!children(open.pop())) return false;
        }
        return true;
    }

    private boolean children(int base) {
        for (int label = 1; label < 256; label++) {
            int at = base ^ label;
            if (at < 0 || at >= units.length) return false;
            if ((units[at] & LABEL_BITS) != label || seen.get(at)) continue;
            seen.set(at);
            int next = at ^ base(units[at]);
            if ((units[at] & TEXT_ENDS) != 0 && !text(next)) return false;
            open.push(next);
        }
        return true;
    }

    private boolean text(int at) {
        return at >= 0 && at < units.length && (units[at] & Integer.MAX_VALUE) < texts.length;
    }

    private static int base(int unit) {
        return (unit >>> 10) << ((unit & (1 << 9)) >> 6);
    }
}
