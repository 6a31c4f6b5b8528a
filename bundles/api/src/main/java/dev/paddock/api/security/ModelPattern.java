package dev.paddock.api.security;

import dev.paddock.api.model.ModelName;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which models are meant: a name in which {@code *} stands for any text. Without regard to case, and as in names the tag
 * {@code latest} may be left out.
 *
 * @param text as the user wrote it
 */
public record ModelPattern(String text) {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.:/*-]{1,200}");
    private static final String LATEST = ":" + ModelName.DEFAULT_TAG;

    public ModelPattern {
        if (!ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "a model pattern is a name like llama3.2:3b, in which * stands for any text, of at most 200 characters");
        }
    }

    /** Whether a model is one of them. */
    public boolean matches(ModelName name) {
        String shown = name.display();
        boolean latest = shown.toLowerCase(Locale.ROOT).endsWith(LATEST);
        return fits(shown) || (latest && fits(shown.substring(0, shown.length() - LATEST.length())));
    }

    /** From left to right, going back to the last star only: a pattern cannot make it slow. */
    private boolean fits(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int tried = 0;
        while (in < name.length()) {
            if (at < text.length() && text.charAt(at) == '*') {
                star = at++;
                tried = in;
            } else if (at < text.length() && same(text.charAt(at), name.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++tried;
            } else return false;
        }
        while (at < text.length() && text.charAt(at) == '*') at++;
        return at == text.length();
    }

    private static boolean same(char one, char other) {
        return Character.toLowerCase(one) == Character.toLowerCase(other);
    }
}
