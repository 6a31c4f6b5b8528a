package dev.paddock.explain;

import dev.paddock.api.explain.Decision;
import java.util.LinkedHashMap;
import java.util.Map;

/** Decisions as they are kept: of bounded size, and each text one line. */
final class Trimmed {
    /** Longest sentence, in characters. */
    static final int TEXT = 1_000;
    /** Longest name of a model or a request. */
    static final int NAME = 600;
    /** Longest text among the numbers. */
    static final int VALUE = 300;
    /** Most numbers. */
    static final int NUMBERS = 40;

    private Trimmed() {}

    /** The same decision, or one that is cut where it is too large. */
    static Decision of(Decision decision) {
        return new Decision(
                decision.at(),
                decision.kind(),
                line(decision.request(), NAME),
                line(decision.model(), NAME),
                line(decision.text(), TEXT),
                numbers(decision.numbers()));
    }

    private static Map<String, Object> numbers(Map<String, Object> given) {
        Map<String, Object> kept = new LinkedHashMap<>();
        for (var entry : given.entrySet()) {
            if (kept.size() == NUMBERS) break;
            kept.put(line(entry.getKey(), NAME), value(entry.getValue()));
        }
        return kept;
    }

    private static Object value(Object value) {
        return switch (value) {
            case Double d when !Double.isFinite(d) -> d.toString();
            case Float f when !Float.isFinite(f) -> f.toString();
            case Number n -> n;
            case Boolean b -> b;
            case null -> "";
            default -> line(value.toString(), VALUE);
        };
    }

    /** Line ends and other control characters would forge lines of the log. */
    static String line(String text, int most) {
        if (text == null) return "";
        String cut = text.length() <= most ? text : text.substring(0, most - 1) + "…";
        for (int i = 0; i < cut.length(); i++) {
            if (Character.isISOControl(cut.charAt(i))) return cut.replaceAll("\\p{Cntrl}+", " ");
        }
        return cut;
    }
}
