package dev.paddock.prompt.format;

import java.util.List;
import java.util.Optional;

/** The part of an answer that is not read yet, as far as it has come. One thread. */
final class Input {
    private static final int LEAST_TO_COMPACT = 4096;

    private final StringBuilder text = new StringBuilder();
    private int start;
    private boolean ended;

    void add(String more) {
        text.append(more);
    }

    /** No more comes: what is here is all. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }

    int length() {
        return text.length() - start;
    }

    boolean isEmpty() {
        return length() == 0;
    }

    char at(int index) {
        return text.charAt(start + index);
    }

    /** What stands between two indexes. */
    String text(int from, int to) {
        return text.substring(start + from, start + to);
    }

    /** Takes so many characters off the head. */
    String take(int count) {
        String head = text.substring(start, start + count);
        drop(count);
        return head;
    }

    /** Takes the first character off. */
    char next() {
        char first = at(0);
        drop(1);
        return first;
    }

    void drop(int count) {
        start += count;
        if (start > LEAST_TO_COMPACT && start > text.length() / 2) {
            text.delete(0, start);
            start = 0;
        }
    }

    /** Puts text back at the head: it is read again. */
    void giveBack(String taken) {
        text.replace(0, start, taken);
        start = 0;
    }

    /** All that is here from an index on. */
    String tail(int index) {
        return text.substring(start + index);
    }

    /** What is here from an index on, so many characters at most. */
    String part(int index, int most) {
        return text.substring(start + index, Math.min(text.length(), start + index + most));
    }

    /** Where a text begins at or behind an index; -1 when it is not there. */
    int find(String wanted, int from) {
        int found = text.indexOf(wanted, start + from);
        return found < 0 ? -1 : found - start;
    }

    boolean startsWith(String wanted) {
        return startsWith(wanted, 0);
    }

    boolean startsWith(String wanted, int index) {
        return index + wanted.length() <= length() && agrees(wanted, index, wanted.length());
    }

    /** Whether more text could make this one stand at an index: all that is here is its beginning. */
    boolean mayStartWith(String wanted, int index) {
        return !ended && length() - index < wanted.length() && agrees(wanted, index, length() - index);
    }

    private boolean agrees(String wanted, int index, int count) {
        for (int i = 0; i < count; i++) if (at(index + i) != wanted.charAt(i)) return false;
        return true;
    }

    /** The first of some texts that stands at an index; empty when none does. */
    Optional<String> first(List<String> wanted, int index) {
        for (String text : wanted) if (startsWith(text, index)) return Optional.of(text);
        return Optional.empty();
    }

    /** Whether more text could make one of these stand at an index. */
    boolean mayStartWith(List<String> wanted, int index) {
        for (String text : wanted) if (mayStartWith(text, index)) return true;
        return false;
    }

    /** Number of white space characters at the head. */
    int blanks() {
        int i = 0;
        while (i < length() && Character.isWhitespace(at(i))) i++;
        return i;
    }

    /** Length of the longest end that could be the start of a mark, which is shorter than the mark. */
    int possible(String mark) {
        if (ended) return 0;
        for (int size = Math.min(mark.length() - 1, length()); size > 0; size--) {
            if (agrees(mark, length() - size, size)) return size;
        }
        return 0;
    }
}
