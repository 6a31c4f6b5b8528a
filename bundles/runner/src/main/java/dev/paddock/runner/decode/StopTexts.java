package dev.paddock.runner.decode;

import java.util.List;

/**
 * Looks for texts that end an answer. What may be the beginning of one is held back until it is clear. Each character
 * is looked at once (Knuth, Morris, Pratt), however long the texts are and however much of them repeats.
 */
final class StopTexts {
    private final Search[] searches;
    private final StringBuilder held = new StringBuilder();
    private String found = "";

    /** One text, and how much of it the last characters are. */
    private static final class Search {
        private final String stop;
        /** For each length, how long the beginning is that it also ends with. */
        private final int[] shorter;

        private int matched;

        Search(String stop) {
            this.stop = stop;
            shorter = new int[stop.length() + 1];
            for (int length = 2, at = 0; length <= stop.length(); length++) {
                while (at > 0 && stop.charAt(at) != stop.charAt(length - 1)) at = shorter[at];
                if (stop.charAt(at) == stop.charAt(length - 1)) at++;
                shorter[length] = at;
            }
        }

        void next(char c) {
            while (matched > 0 && stop.charAt(matched) != c) matched = shorter[matched];
            if (stop.charAt(matched) == c) matched++;
        }

        boolean complete() {
            return matched == stop.length();
        }
    }

    /** @param stops none empty */
    StopTexts(List<String> stops) {
        searches = new Search[stops.size()];
        for (int i = 0; i < searches.length; i++) searches[i] = new Search(stops.get(i));
    }

    /** Adds text and gives what is surely part of the answer; nothing more once a stop text was found. */
    String append(String text) {
        if (searches.length == 0) return text;
        if (found() || text.isEmpty()) return "";
        int undecided = 0;
        for (int i = 0; i < text.length() && !found(); i++) {
            held.append(text.charAt(i));
            undecided = next(text.charAt(i));
        }
        String sure = held.substring(0, held.length() - undecided);
        if (found()) held.setLength(0);
        else held.delete(0, sure.length());
        return sure;
    }

    /** Length of the longest end that begins a stop text; of the longest stop text when one is complete. */
    private int next(char c) {
        int begun = 0;
        for (Search search : searches) {
            search.next(c);
            begun = Math.max(begun, search.matched);
            if (search.complete() && search.matched > found.length()) found = search.stop;
        }
        return found() ? found.length() : begun;
    }

    /** Whether a stop text came. */
    boolean found() {
        return !found.isEmpty();
    }

    /** The one that came, the longest of those that ended at the same place; empty when none did. */
    String stop() {
        return found;
    }

    /** What was held back, when no more text comes. */
    String rest() {
        String rest = held.toString();
        held.setLength(0);
        return rest;
    }
}
