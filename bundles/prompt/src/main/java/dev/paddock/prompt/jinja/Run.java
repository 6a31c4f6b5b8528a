package dev.paddock.prompt.jinja;

import java.time.LocalDateTime;

/** One rendering: counts its work and stops it when it is too much. One thread. */
final class Run {
    /** Macros within macros. */
    private static final int MOST_DEPTH = 200;
    /** Rounds of loops, calls, and 64 characters made each count one. */
    private static final long MOST_WORK = 5_000_000;
    /** Characters of any text, the output too. */
    private static final int MOST_TEXT = 16_000_000;
    /** Items of any list made by an operator. */
    private static final int MOST_ITEMS = 1_000_000;

    private static final int CHARACTERS_OF_WORK = 64;

    private static final long WORK_BETWEEN_LOOKS = 1000;

    private final Sandbox sandbox;
    private final long started;
    private long nextLook = WORK_BETWEEN_LOOKS;
    private int depth;
    private long work;
    private int line = 1;

    Run(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.started = sandbox.ticker().getAsLong();
    }

    LocalDateTime now() {
        return sandbox.clock().get();
    }

    /** Whether more is allowed than in Hugging Face's sandbox. */
    boolean lenient() {
        return sandbox.lenient();
    }

    /** Notes which line is being run, for messages. */
    void at(int line) {
        this.line = line;
    }

    int line() {
        return line;
    }

    void work(long amount) {
        work += amount;
        if (work < nextLook) return;
        if (work > MOST_WORK) throw new TemplateException("the template does too much work");
        nextLook = work + WORK_BETWEEN_LOOKS;
        if (sandbox.ticker().getAsLong() - started > sandbox.time().toNanos()) {
            throw new TemplateException("the template takes too long");
        }
    }

    void enter() {
        work(1);
        if (++depth > MOST_DEPTH) throw new TemplateException("maximum recursion depth exceeded");
    }

    void leave() {
        depth--;
    }

    /** Checks the length of a text before it is made. */
    int checkedText(long length) {
        if (length > MOST_TEXT) throw new TemplateException("the template makes too long a text");
        work(length / CHARACTERS_OF_WORK);
        return (int) length;
    }

    /** Checks the size of a list before it is made. */
    int checkedSize(long size) {
        if (size > MOST_ITEMS) throw new TemplateException("the template makes too long a list");
        work(size / CHARACTERS_OF_WORK);
        return (int) size;
    }

    String repeat(String text, int count) {
        int times = Math.max(0, count);
        checkedText((long) text.length() * times);
        return text.repeat(times);
    }

    /** Adds to a text that grows; its parts count as work. */
    void append(StringBuilder out, CharSequence text) {
        if ((long) out.length() + text.length() > MOST_TEXT) {
            throw new TemplateException("the template makes too long a text");
        }
        work(text.length() / CHARACTERS_OF_WORK);
        out.append(text);
    }
}
