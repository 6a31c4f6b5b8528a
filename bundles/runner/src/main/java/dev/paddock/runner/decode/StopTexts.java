package dev.paddock.runner.decode;

import java.util.List;

/** Looks for texts that end an answer. What may be the beginning of one is held back until it is clear. */
final class StopTexts {
    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean found;

    /** @param stops none empty */
    StopTexts(List<String> stops) {
        this.stops = stops;
    }

    /** Adds text and gives what is surely part of the answer; nothing more once a stop text was found. */
    String append(String text) {
        if (stops.isEmpty()) return text;
        held.append(text);
        int end = earliest();
        if (end >= 0) {
            found = true;
            held.setLength(end);
            return rest();
        }
        int safe = held.length() - undecided();
        String sure = held.substring(0, safe);
        held.delete(0, safe);
        return sure;
    }

    /** Whether a stop text came. */
    boolean found() {
        return found;
    }

    /** What was held back, when no more text comes. */
    String rest() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }

    private int earliest() {
        int earliest = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (earliest < 0 || at < earliest)) earliest = at;
        }
        return earliest;
    }

    /** Length of the longest end of the held text that begins a stop text. */
    private int undecided() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (stop.startsWith(held.substring(held.length() - length))) longest = length;
            }
        }
        return longest;
    }
}
