package dev.paddock.prompt.go;

import java.time.LocalDate;

/** One rendering: counts its work and stops it when it is too much. One thread. */
final class Run {
    /** Blocks and templates within each other. */
    private static final int MOST_DEPTH = 400;
    /** Rounds of loops, calls, nodes, and 16 characters made or looked at each count one. */
    private static final long MOST_WORK = 5_000_000;
    /** Characters of any text, the output too. */
    private static final int MOST_TEXT = 16_000_000;

    private static final int CHARACTERS_OF_WORK = 16;

    private final LocalDate today;
    private int depth;
    private long work;
    private int at;

    Run(LocalDate today) {
        this.today = today;
    }

    LocalDate today() {
        return today;
    }

    /** Notes what is being run, for messages. */
    void at(int index) {
        this.at = index;
    }

    int at() {
        return at;
    }

    void work(long amount) {
        work += amount;
        if (work > MOST_WORK) throw new GoTemplateException("the template does too much work");
    }

    void enter() {
        work(1);
        if (++depth > MOST_DEPTH) throw new GoTemplateException("exceeded maximum template depth");
    }

    void leave() {
        depth--;
    }

    /** Notes that a text was looked at. */
    void read(CharSequence text) {
        work(text.length() / CHARACTERS_OF_WORK);
    }

    /** Checks the length of a text before it is made. */
    int checkedText(long length) {
        if (length > MOST_TEXT) throw new GoTemplateException("the template makes too long a text");
        work(length / CHARACTERS_OF_WORK);
        return (int) length;
    }

    /** Notes that a text grows by so many characters. */
    void grow(StringBuilder out, int more) {
        if ((long) out.length() + more > MOST_TEXT) {
            throw new GoTemplateException("the template makes too long a text");
        }
        work(1 + more / CHARACTERS_OF_WORK);
    }

    /** Adds to a text that grows; its parts count as work. */
    void append(StringBuilder out, CharSequence text) {
        grow(out, text.length());
        out.append(text);
    }
}
