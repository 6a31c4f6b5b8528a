package dev.paddock.hygiene;

import java.util.Optional;

/**
 * The marker {@code <total_tokens>14999436 tokens left</total_tokens>} that Claude Code adds to its system prompt with
 * each request, with another number each time.
 */
final class TokenBudget implements Finder {
    private static final String OPEN = "<total_tokens>";
    private static final String CLOSE = " tokens left</total_tokens>";
    private static final int MOST_DIGITS = 20;
    private static final int FARTHEST = 2000;

    @Override
    public Optional<Fragment> find(String text, int start, int end) {
        int open = text.indexOf(OPEN, start, Math.min(end, start + FARTHEST));
        if (open < 0) return Optional.empty();
        int number = open + OPEN.length();
        int at = number;
        while (at < end && at < number + MOST_DIGITS && isDigit(text.charAt(at))) at++;
        boolean whole = at > number && text.startsWith(CLOSE, at);
        return whole ? Optional.of(new Fragment(open, at + CLOSE.length())) : Optional.empty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9' || c == ',' || c == '.';
    }
}
