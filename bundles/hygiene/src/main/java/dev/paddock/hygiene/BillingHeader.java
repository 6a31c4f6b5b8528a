package dev.paddock.hygiene;

import java.util.Optional;

/**
 * The header that Claude Code writes before its system prompt, such as {@code x-anthropic-billing-header:
 * cc_version=2.1.37.0d9; cc_entrypoint=cli; cch=fa690;}. Its fields change with the conversation and with each request.
 * What follows the last field on the same line is not part of it.
 */
final class BillingHeader implements Finder {
    private static final String NAME = "x-anthropic-billing-header:";
    private static final int LONGEST_FIELD = 100;

    @Override
    public Optional<Fragment> find(String text, int start, int end) {
        if (!text.startsWith(NAME, start)) return Optional.empty();
        int at = start + NAME.length();
        for (int behind = field(text, at, end); behind > at; behind = field(text, at, end)) at = behind;
        return Optional.of(new Fragment(start, at));
    }

    /** Behind the field {@code name=value;} that stands at a place; the place itself when none does. */
    private static int field(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) == ' ') at++;
        int name = at;
        while (at < end && isNamePart(text.charAt(at))) at++;
        if (at == name || at == end || text.charAt(at) != '=') return from;
        int limit = Math.min(end, at + LONGEST_FIELD);
        while (at < limit && text.charAt(at) != ';' && text.charAt(at) != ' ') at++;
        return at < limit && text.charAt(at) == ';' ? at + 1 : from;
    }

    private static boolean isNamePart(char c) {
        return c >= 'a' && c <= 'z' || c == '_';
    }
}
