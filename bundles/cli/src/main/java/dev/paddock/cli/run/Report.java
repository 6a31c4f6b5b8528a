package dev.paddock.cli.run;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.text.Figures;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** What an answer cost, from its last object. */
public final class Report {
    private Report() {}

    /** Times, tokens and rates, a line each, as Ollama's {@code --verbose} prints them. */
    public static String of(Map<String, Object> last) {
        StringBuilder text = new StringBuilder();
        line(text, "total duration", span(last, "total_duration"));
        line(text, "load duration", span(last, "load_duration"));
        tokens(text, last, "prompt eval");
        tokens(text, last, "eval");
        return text.toString();
    }

    private static void tokens(StringBuilder text, Map<String, Object> last, String what) {
        String key = what.replace(' ', '_');
        long count = Json.number(last, key + "_count");
        if (count == 0) return;
        Duration span = span(last, key + "_duration");
        line(text, what + " count", count + " token(s)");
        line(text, what + " duration", span);
        if (span.isZero()) return;
        line(text, what + " rate", String.format(Locale.ROOT, "%.2f tokens/s", count / (span.toNanos() / 1e9)));
    }

    private static void line(StringBuilder text, String label, Duration span) {
        if (!span.isZero()) line(text, label, Figures.span(span));
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(String.format(Locale.ROOT, "%-22s%s%n", label + ":", value));
    }

    private static Duration span(Map<String, Object> last, String key) {
        return Duration.ofNanos(Json.number(last, key));
    }

    /** How long each step of a first answer took. */
    public static String steps(Duration server, Map<String, Object> last, Duration firstToken) {
        Duration prompt = span(last, "prompt_eval_duration");
        return "Steps: server up " + Figures.span(server) + ", model loaded "
                + Figures.span(span(last, "load_duration"))
                + ", prompt read " + Figures.span(prompt) + ", first token " + Figures.span(firstToken)
                + " after the command began.";
    }
}
