package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.runner.protocol.LogLevel;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What native code logs, in whole lines. Called from any thread, so it locks; an exception that left it would end the
 * process, so none does. DEBUG is dropped first thing: it comes by the hundred.
 */
public final class NativeLog {
    private static final int DEBUG = 1;
    private static final int WARN = 3;
    private static final int ERROR = 4;
    private static final int CONTINUED = 5;
    private static final int KEPT_LINES = 8;
    private static final int LONGEST_LINE = 4096;

    /** What llama.cpp says when {@link Context#abort} broke a decode off: an everyday thing, told as four failures. */
    private static final Pattern ABORTED = Pattern.compile(".*graph_compute: .* failed with error 1"
            + "|.*process_ubatch: failed to compute graph, compute status: 1"
            + "|.*decode: removing memory module entries for seq_id = .*"
            + "|.*llama_decode: failed to decode, ret = 2");

    private final MemoryFigures memory = new MemoryFigures();
    private Thread measured;
    private MemoryFigures measuring;
    private final BiConsumer<LogLevel, String> listener;
    private final StringBuilder line = new StringBuilder();
    private volatile String meant;
    private volatile Consumer<String> informed = _ -> {};
    private final ArrayDeque<String> errors = new ArrayDeque<>();
    private int level;

    /**
     * Nothing is heard until {@link Natives#open}.
     *
     * @param listener gets warnings and errors, from any thread, and must be quick
     */
    public NativeLog(BiConsumer<LogLevel, String> listener) {
        this.listener = listener;
    }

    /** Warnings with this text are not passed on: what they warn of is meant so. One text at a time. */
    void means(String text) {
        meant = text;
    }

    /** From now on every line, of whatever level but DEBUG, is told here too; from any thread, and must be quick. */
    void inform(Consumer<String> everyLine) {
        informed = everyLine;
    }

    /** What the log said of memory, but for what {@link #measure} took. */
    public MemoryFigures memory() {
        return memory;
    }

    /** What this thread makes the log say of memory goes into these figures from now on; null: no longer. One thread. */
    public synchronized void measure(MemoryFigures figures) {
        measured = figures == null ? null : Thread.currentThread();
        measuring = figures;
    }

    /** The last errors, newest last, and forgets them; empty when there were none. */
    public synchronized String takeErrors() {
        String text = String.join("; ", errors);
        errors.clear();
        return text;
    }

    /** The function for C: {@code void (*)(enum ggml_log_level level, const char * text, void * user_data)}. */
    MemorySegment callback() {
        return Linking.upcall(
                MethodHandles.lookup(), this, "hear", FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS));
    }

    @SuppressWarnings("unused") // called from C
    private void hear(int level, MemorySegment text, MemorySegment userData) {
        if (level == DEBUG) {
            this.level = DEBUG; // read unlocked by nobody; a line that continues it is dropped too
            return;
        }
        try {
            hear(level, Linking.string(text));
        } catch (Throwable t) {
            // an exception must not pass through C; a lost log line is the lesser harm
            return;
        }
    }

    /** A piece of log; lines end at newlines. */
    synchronized void hear(int newLevel, String text) {
        if (newLevel != CONTINUED) {
            flush();
            level = newLevel;
        }
        if (level == DEBUG || line.length() + text.length() > LONGEST_LINE) return;
        line.append(text);
        if (!text.isEmpty() && text.charAt(text.length() - 1) == '\n') flush();
    }

    private void flush() {
        String whole = line.toString().strip();
        line.setLength(0);
        if (whole.isEmpty() || ABORTED.matcher(whole).matches()) return;
        informed.accept(whole);
        (Thread.currentThread() == measured ? measuring : memory).read(whole);
        if (level == ERROR) {
            errors.addLast(whole);
            if (errors.size() > KEPT_LINES) errors.removeFirst();
            listener.accept(LogLevel.ERROR, whole);
        } else if (level == WARN && (meant == null || !whole.contains(meant))) {
            listener.accept(LogLevel.WARN, whole);
        }
    }
}
