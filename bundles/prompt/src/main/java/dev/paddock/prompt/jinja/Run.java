package dev.paddock.prompt.jinja;

import java.time.LocalDateTime;

/**
 * One rendering: counts what it does and makes, and stops it when that is too much. What takes long in one step is
 * counted by its size, so that time is looked at often enough; what is made is counted as if all of it were kept. One
 * thread.
 */
final class Run {
    /** Macros within macros, and loops that call themselves. */
    private static final int MOST_CALLS = 200;
    /** Statements, expressions and values within one another: the Java stack must hold them. */
    private static final int MOST_NESTING = 500;
    /** Characters of any text, the output too. */
    private static final int MOST_TEXT = 16_000_000;
    /** Items of any list. */
    private static final int MOST_ITEMS = 1_000_000;
    /** Bytes of all that is made ... */
    private static final long MOST_MEMORY = 64L << 20;
    /** ... and of so much more for each character that the template was given. */
    private static final int MEMORY_BY_INPUT = 16;

    /** So often a template may go over all that it was given, beside the work that each may do. */
    private static final int PASSES_OVER_INPUT = 16;

    private static final int CHARACTERS_OF_WORK = 64;
    private static final int ITEMS_OF_WORK = 8;
    private static final int TEXT_BYTES = 48;
    private static final int ITEM_BYTES = 32;
    private static final long WORK_BETWEEN_LOOKS = 1000;

    private final Sandbox sandbox;
    private final long mostMemory;
    private final long mostWork;
    private final long started;
    private int calls;
    private int nesting;
    private long work;
    private long nextLook = WORK_BETWEEN_LOOKS;
    private long memory;
    private int line = 1;

    /**
     * A rendering that begins.
     *
     * @param input characters that the template is given
     */
    Run(Sandbox sandbox, long input) {
        this.sandbox = sandbox;
        this.mostMemory = MOST_MEMORY + MEMORY_BY_INPUT * input;
        this.mostWork = sandbox.work() + PASSES_OVER_INPUT * input / CHARACTERS_OF_WORK;
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
        if (work > mostWork) throw new TemplateException("the template does too much work");
        nextLook = work + WORK_BETWEEN_LOOKS;
        if (sandbox.ticker().getAsLong() - started > sandbox.time().toNanos()) {
            throw new TemplateException("the template takes too long");
        }
    }

    /** Counts something that is made, in bytes. */
    void memory(long bytes) {
        memory += bytes;
        if (memory > mostMemory) throw new TemplateException("the template takes too much memory");
    }

    /** Goes into a macro. */
    void call() {
        work(1);
        if (++calls > MOST_CALLS) throw tooDeep();
    }

    void leaveCall() {
        calls--;
    }

    /** Goes into something within something. Not undone by failures: they end the rendering. */
    void nest() {
        if (++nesting > MOST_NESTING) throw tooDeep();
    }

    void unnest() {
        nesting--;
    }

    private static TemplateException tooDeep() {
        return new TemplateException("maximum recursion depth exceeded");
    }

    /** Checks the length of a text before it is made. */
    int text(long length) {
        if (length > MOST_TEXT) throw new TemplateException("the template makes too long a text");
        memory(TEXT_BYTES + 2 * length);
        work(length / CHARACTERS_OF_WORK);
        return (int) length;
    }

    /** Checks the length of a text that was made. */
    String made(String text) {
        text(text.length());
        return text;
    }

    /** Counts a look at all of a text that makes nothing. */
    void look(long length) {
        work(length / CHARACTERS_OF_WORK);
    }

    /** Checks the size of a list before it is made. */
    int items(long size) {
        if (size > MOST_ITEMS) throw new TemplateException("the template makes too long a list");
        memory(ITEM_BYTES * size);
        work(size / ITEMS_OF_WORK);
        return (int) size;
    }

    /** Checks a list that grew by one. */
    void grown(int size) {
        if (size > MOST_ITEMS) throw new TemplateException("the template makes too long a list");
        memory(ITEM_BYTES);
        work(1);
    }

    /** Adds a part of a text to a list. */
    void part(MadeList parts, String part) {
        parts.add(part);
        memory(TEXT_BYTES + 2L * part.length());
        grown(parts.size());
    }

    String repeat(String text, int count) {
        int times = Math.max(0, count);
        text((long) text.length() * times);
        return text.repeat(times);
    }

    /** Adds to a text that grows. */
    void append(StringBuilder out, CharSequence text) {
        append(out, text, 0, text.length());
    }

    /** Adds a part of a text to a text that grows. */
    void append(StringBuilder out, CharSequence text, int from, int to) {
        int length = to - from;
        if ((long) out.length() + length > MOST_TEXT) {
            throw new TemplateException("the template makes too long a text");
        }
        memory(2L * length);
        work(length / CHARACTERS_OF_WORK);
        out.append(text, from, to);
    }
}
