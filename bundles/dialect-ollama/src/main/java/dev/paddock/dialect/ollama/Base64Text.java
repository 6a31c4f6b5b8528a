package dev.paddock.dialect.ollama;

import java.util.Base64;

/** Base64 as Go reads it: the standard alphabet, filled up with {@code =}; line ends do not count. */
final class Base64Text {
    private static final int GROUP = 4;
    private static final int MOST_FILLERS = 2;

    private Base64Text() {}

    /** Where it goes wrong: the first character that cannot stand there, or the group that is not whole; -1 = nowhere. */
    static int wrongAt(String text) {
        int characters = 0;
        int fillers = 0;
        int group = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r' || c == '\n') continue;
            if (characters % GROUP == 0) group = i;
            boolean filler = c == '=';
            if (filler
                    ? characters % GROUP < GROUP - MOST_FILLERS || fillers == MOST_FILLERS
                    : fillers > 0 || !letter(c)) {
                return i;
            }
            if (filler) fillers++;
            characters++;
        }
        return characters % GROUP == 0 ? -1 : group;
    }

    private static boolean letter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    /** The first bytes of a text that is right, at most {@code most}. */
    static byte[] beginning(String text, int most) {
        int groups = (most + 2) / 3 * GROUP;
        String start = text.substring(0, Math.min(text.length(), 2 * groups)).replaceAll("[\r\n]", "");
        String whole = start.substring(0, Math.min(start.length(), groups) / GROUP * GROUP);
        return Base64.getDecoder().decode(whole);
    }
}
