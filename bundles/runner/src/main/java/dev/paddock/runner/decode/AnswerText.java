package dev.paddock.runner.decode;

import java.util.List;

/** What the pieces of tokens amount to: whole characters, no stop text, nothing that may begin one. */
final class AnswerText {
    private final Utf8Text characters = new Utf8Text();
    private final StopTexts stops;

    /** @param stops none empty */
    AnswerText(List<String> stops) {
        this.stops = new StopTexts(stops);
    }

    /** Adds the bytes of a token and gives the text that is sure by now. */
    String add(byte[] piece) {
        return stops.append(characters.append(piece));
    }

    /** Whether a stop text came. */
    boolean stopped() {
        return stops.found();
    }

    /** The stop text that came; empty when none did. */
    String stop() {
        return stops.stop();
    }

    /** Text held back that is part of the answer, now that no more comes. */
    String rest() {
        if (stops.found()) return "";
        String last = stops.append(characters.finish());
        return stops.found() ? last : last + stops.rest();
    }
}
