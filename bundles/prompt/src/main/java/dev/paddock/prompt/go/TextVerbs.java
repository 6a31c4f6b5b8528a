package dev.paddock.prompt.go;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Texts as {@code %s}, {@code %q} and {@code %x} print them. */
final class TextVerbs {
    private TextVerbs() {}

    static String text(String text, Verb verb, Run run) {
        run.read(text);
        if (verb.is("xX")) return verb.pad(hexadecimal(text, verb, run), run);
        String cut = cut(text, verb.precision());
        if (!verb.is("q") && !(verb.is("v") && verb.has('#'))) return verb.pad(cut, run);
        if (verb.has('#') && verb.is("q") && Quoting.fitsBackquotes(cut)) return verb.pad("`" + cut + "`", run);
        return verb.pad(Quoting.quoted(cut, '"', verb.has('+')), run);
    }

    private static String cut(String text, int precision) {
        if (precision < 0 || text.codePointCount(0, text.length()) <= precision) return text;
        return text.substring(0, text.offsetByCodePoints(0, precision));
    }

    private static String hexadecimal(String text, Verb verb, Run run) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int count = verb.precision() < 0 ? bytes.length : Math.min(verb.precision(), bytes.length);
        run.checkedText(count * 5L);
        StringBuilder out = new StringBuilder();
        String prefix = verb.has('#') ? "0" + (char) verb.letter() : "";
        for (int i = 0; i < count; i++) {
            if (i > 0 && verb.has(' ')) out.append(' ');
            if (i == 0 || verb.has(' ')) out.append(prefix);
            String digits = Integer.toHexString(0x100 | bytes[i] & 0xff).substring(1);
            out.append(verb.is("X") ? digits.toUpperCase(Locale.ROOT) : digits);
        }
        return out.toString();
    }
}
