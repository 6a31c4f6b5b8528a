package dev.paddock.cli.template;

import java.nio.charset.StandardCharsets;

/**
 * Outcomes as JSON, one a line. Whatever some reader of lines takes for the end of one is escaped, and so are halves of
 * characters, which UTF-8 cannot hold.
 */
final class OutcomeJson {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder();

    private OutcomeJson() {}

    /** The line, with its end. */
    static byte[] line(Outcome outcome) {
        var writer = new OutcomeJson();
        switch (outcome) {
            case Outcome.Text text -> writer.raw("{\"text\":").text(text.text()).raw("}\n");
            case Outcome.Failed failed ->
                writer.raw("{\"error\":{\"kind\":")
                        .text(failed.why().word())
                        .raw(",\"message\":")
                        .text(failed.message())
                        .raw("}}\n");
        }
        return writer.json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private OutcomeJson raw(String text) {
        json.append(text);
        return this;
    }

    private OutcomeJson text(String text) {
        json.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') continue;
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            json.append(text, done, i);
            escape(c);
            done = i + 1;
        }
        json.append(text, done, text.length()).append('"');
        return this;
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> json.append('\\').append(c);
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            default -> {
                if (mustBeEscaped(c)) unicode(c);
                else json.append(c);
            }
        }
    }

    private static boolean mustBeEscaped(char c) {
        return c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c);
    }

    private void unicode(char c) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) json.append(HEX.charAt(c >> shift & 0xf));
    }
}
