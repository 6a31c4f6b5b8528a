package dev.paddock.runner.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes to text, whole characters only: the beginning of a character is kept until the rest comes. Bytes that can be no
 * UTF-8 become U+FFFD, exactly as if all bytes had been decoded at once.
 */
final class Utf8Text {
    private static final byte[] NOTHING = {};

    private byte[] held = NOTHING;

    /** Adds bytes and gives the characters that are complete now. */
    String append(byte[] bytes) {
        byte[] all = held.length == 0 ? bytes : join(held, bytes);
        int complete = all.length - unfinished(all);
        held = complete == all.length ? NOTHING : Arrays.copyOfRange(all, complete, all.length);
        return new String(all, 0, complete, StandardCharsets.UTF_8);
    }

    /** What is left of a character that never became whole: U+FFFD, or nothing. */
    String finish() {
        String rest = new String(held, StandardCharsets.UTF_8);
        held = NOTHING;
        return rest;
    }

    /** How many bytes at the end begin a character that more bytes could complete: 0 to 3. */
    private static int unfinished(byte[] bytes) {
        for (int back = 1; back <= Math.min(3, bytes.length); back++) {
            int lead = bytes[bytes.length - back] & 0xFF;
            if (lead >= 0xC0) return back < length(lead) && isPrefix(bytes, bytes.length - back, back) ? back : 0;
            if (lead < 0x80) return 0;
        }
        return 0;
    }

    private static int length(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0; // never valid
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    /**
     * The second byte tells overlong forms and what is beyond U+10FFFF. A surrogate is replaced as a whole: it waits.
     */
    private static boolean isPrefix(byte[] bytes, int start, int count) {
        if (count < 2) return true;
        int second = bytes[start + 1] & 0xFF;
        return switch (bytes[start] & 0xFF) {
            case 0xE0 -> second >= 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
