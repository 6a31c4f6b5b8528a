package dev.paddock.dialect.ollama;

import java.time.Instant;

/** Points in time as Go writes them: RFC 3339 in UTC, nanoseconds without zeros at the end. */
final class GoTime {
    private GoTime() {}

    static String text(Instant time) {
        String text = time.toString();
        if (text.indexOf('.') < 0) return text;
        int end = text.length() - 1;
        while (text.charAt(end - 1) == '0') end--;
        return text.substring(0, end) + "Z";
    }
}
