package dev.paddock.prompt.format;

import static dev.paddock.prompt.format.HarmonyAnswer.ENDS;
import static dev.paddock.prompt.format.HarmonyAnswer.MESSAGE;
import static dev.paddock.prompt.format.HarmonyAnswer.START;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What stands before a message's text: white space, ends of messages, then a header, if the model wrote one. One thread. */
final class HarmonyHeaderStretch implements Stretch {
    private static final String BRACE = "{";
    private static final List<String> STOPS =
            Stream.concat(ENDS.stream(), Stream.of(MESSAGE, START)).toList();
    private static final int LONGEST_STOP = 11;
    /** Characters; what is longer is no header but text whose mark is missing. */
    private static final int MOST_HEADER = 256;

    /** How a header begins where no mark said so; white space is skipped before. */
    private static final Pattern BEGINNING = Pattern.compile("<\\|start\\|>"
            + "|(?:assistant)?(?:analysis|commentary|final)?\\s{0,4}(?:to=[^\\s<{]{1,200})?\\s{0,4}(?:json|code)?\\s{0,4}"
            + "<\\|(?:channel|constrain|message)\\|>"
            + "|(?:assistant)?(?:analysis|commentary)?\\s{0,4}to=[^\\s<{]{1,200}\\s{0,4}(?:json|code)?\\s{0,4}\\{");

    private final HarmonyAnswer answer;
    private final StringBuilder header;

    /** @param header as far as it is read: all of it is known to be one; empty when that is open */
    HarmonyHeaderStretch(HarmonyAnswer answer, String header) {
        this.answer = answer;
        this.header = new StringBuilder(header);
    }

    @Override
    public Stretch read(Input in, Pieces out) {
        if (!header.isEmpty()) return header(in, out);
        in.drop(in.blanks());
        for (String end : ENDS) {
            if (in.mayStartWith(end, 0)) return this;
            if (!in.startsWith(end)) continue;
            in.drop(end.length());
            return answer.message();
        }
        if (in.isEmpty()) return this;
        var beginning = BEGINNING.matcher(in.tail(0));
        if (!beginning.lookingAt()) {
            return beginning.hitEnd() && !in.ended() ? this : answer.text(Kind.CONTENT, out);
        }
        if (in.startsWith(START)) header.append(in.take(START.length()));
        return header(in, out);
    }

    private Stretch header(Input in, Pieces out) {
        int at = in.length();
        String found = "";
        for (String stop : STOPS) {
            int index = in.find(stop, 0);
            if (index >= 0 && index < at) {
                at = index;
                found = stop;
            }
        }
        int brace = in.find(BRACE, 0);
        if (brace >= 0 && brace < Math.min(at, MOST_HEADER) && calls(in, brace)) {
            at = brace;
            found = BRACE;
        }
        if (at > MOST_HEADER || found.isEmpty()) {
            if (!in.ended() && in.length() < MOST_HEADER + LONGEST_STOP) return this;
            at = Math.min(at, MOST_HEADER);
            found = "";
        }
        String raw = header.append(in.take(at)).toString();
        // The next header and the arguments are read by others.
        if (found.equals(START)) found = "";
        if (!found.equals(BRACE)) in.drop(found.length());
        return answer.behind(raw, found, out);
    }

    /** Whether a tool is addressed before the place. */
    private boolean calls(Input in, int end) {
        var read = HarmonyHeader.of(header + in.tail(0).substring(0, end));
        return answer.tool(read).isPresent();
    }
}
