package dev.paddock.cli.text;

import dev.paddock.cli.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Decisions of the server as lines. */
public final class Reasons {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private Reasons() {}

    /**
     * The answer of {@code /api/explain}, the newest last.
     *
     * @param newestFirst whether the answer begins with the newest
     */
    public static List<String> lines(Map<String, Object> answer, boolean newestFirst) {
        List<String> lines = new ArrayList<>();
        for (Map<String, Object> decision : Json.maps(answer, "decisions")) lines.add(line(decision));
        if (newestFirst) Collections.reverse(lines);
        return lines;
    }

    private static String line(Map<String, Object> decision) {
        String line = time(Json.text(decision, "at")) + "  " + Json.text(decision, "kind") + "  "
                + named(Json.text(decision, "model"))
                + named(Json.text(decision, "request"))
                + Json.text(decision, "text");
        return Table.harmless(line);
    }

    private static String named(String name) {
        return name.isEmpty() ? "" : name + "  ";
    }

    private static String time(String at) {
        try {
            return TIME.format(Instant.parse(at));
        } catch (DateTimeException e) {
            return at;
        }
    }
}
