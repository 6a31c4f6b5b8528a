package dev.paddock.cli.run;

import dev.paddock.cli.http.Json;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Prints an answer piece by piece: thoughts between two marks, then the text, then calls of tools nobody offered. */
public final class AnswerPrinter implements Consumer<Map<String, Object>> {
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[22m";

    private final PrintStream out;
    private final boolean thinkingHidden;
    private final boolean terminal;
    private final Optional<WordWrap> wrap;
    private boolean thinking;
    private long firstNanos;

    /**
     * Prints to a terminal or to something else.
     *
     * @param terminal whether a person reads along: characters that steer a terminal are then left out, thoughts are dim
     * @param columns after which lines are broken between words; 0 = not at all
     */
    public AnswerPrinter(PrintStream out, boolean thinkingHidden, boolean terminal, int columns) {
        this.out = out;
        this.thinkingHidden = thinkingHidden;
        this.terminal = terminal;
        this.wrap = terminal && columns > 0 ? Optional.of(new WordWrap(columns)) : Optional.empty();
    }

    @Override
    public void accept(Map<String, Object> event) {
        Map<String, Object> message = Json.map(event, "message");
        think(Json.text(message, "thinking"));
        String content = Json.text(message, "content");
        List<Map<String, Object>> calls = Json.maps(message, "tool_calls");
        if (!content.isEmpty() || !calls.isEmpty() || Boolean.TRUE.equals(event.get("done"))) endThinking();
        if (!content.isEmpty()) print(content);
        for (Map<String, Object> call : calls) {
            Map<String, Object> function = Json.map(call, "function");
            print("Model called a non-existent function '" + Json.text(function, "name") + "()' with arguments: "
                    + new String(Json.bytes(Json.map(function, "arguments")), java.nio.charset.StandardCharsets.UTF_8)
                    + "\n");
        }
        out.flush();
    }

    private void think(String thought) {
        if (thought.isEmpty()) return;
        if (!thinking && !thinkingHidden) {
            steer(DIM);
            print("Thinking...\n");
        }
        thinking = true;
        if (!thinkingHidden) print(thought);
    }

    private void endThinking() {
        if (thinking && !thinkingHidden) {
            print("\n...done thinking.\n\n");
            steer(PLAIN);
        }
        thinking = false;
    }

    /** What an answer that was stopped in its thoughts leaves behind. */
    public void stopped() {
        if (thinking && !thinkingHidden) steer(PLAIN);
        thinking = false;
        out.flush();
    }

    private void steer(String sequence) {
        if (terminal) out.print(sequence);
    }

    private void print(String text) {
        if (firstNanos == 0) firstNanos = System.nanoTime();
        String shown = terminal ? harmless(text) : text;
        out.print(wrap.isPresent() ? wrap.get().next(shown) : shown);
    }

    /** Without the characters that steer a terminal, but with its lines. */
    public static String harmless(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (steers(text.charAt(i))) return withoutSteering(text);
        }
        return text;
    }

    private static boolean steers(char c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t' && c != '\r';
    }

    private static String withoutSteering(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.chars().filter(c -> !steers((char) c)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    /** {@link System#nanoTime} when the first text was printed; 0 while there was none. */
    public long firstNanos() {
        return firstNanos;
    }
}
