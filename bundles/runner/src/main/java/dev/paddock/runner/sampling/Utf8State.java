package dev.paddock.runner.sampling;

/** A state of a grammar and the beginning of a character that follows it. */
final class Utf8State {
    int state;
    /** Bytes that are missing of the character. */
    int remaining;
    /** Its bits so far. */
    private int value;
    /** Least value it may have: longer forms than needed are no UTF-8. */
    private int least;

    void set(Utf8State other) {
        state = other.state;
        remaining = other.remaining;
        value = other.value;
        least = other.least;
    }

    /** Writes what follows one more byte; false when the grammar does not allow it. */
    boolean next(byte next, GrammarStates states, Utf8State result) {
        result.set(this);
        if (!result.append(next & 0xFF)) return false;
        if (result.remaining > 0) {
            int shift = 6 * result.remaining;
            int first = Math.max(result.value << shift, result.least);
            int last = Math.min((result.value + 1 << shift) - 1, Character.MAX_CODE_POINT);
            return first <= last && states.meets(state, first, last);
        }
        if (result.value < result.least || result.value > Character.MAX_CODE_POINT) return false;
        result.state = states.next(state, result.value);
        return result.state != GrammarStates.DEAD;
    }

    private boolean append(int b) {
        if (remaining > 0) {
            value = value << 6 | b & 0x3F;
            remaining--;
            return (b & 0xC0) == 0x80;
        }
        if (b < 0x80) return begin(b, 0, 0);
        if ((b & 0xE0) == 0xC0) return begin(b & 0x1F, 1, 0x80);
        if ((b & 0xF0) == 0xE0) return begin(b & 0x0F, 2, 0x800);
        return (b & 0xF8) == 0xF0 && begin(b & 0x07, 3, 0x10000);
    }

    private boolean begin(int bits, int more, int smallest) {
        value = bits;
        remaining = more;
        least = smallest;
        return true;
    }
}
