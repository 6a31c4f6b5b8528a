package dev.paddock.dialect.openai.files;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Reply;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A part of a list, as OpenAI's API gives lists: {@code after} an id, at most {@code limit}. */
public final class Page {
    private Page() {}

    /**
     * The part that the query asks for.
     *
     * @param all in the order in which they are listed
     * @param limit most when the query does not say
     * @param most most that it may say
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for a limit that is none, or an id that is not listed
     */
    public static <T> Map<String, Object> of(
            Call call, List<T> all, Function<T, Map<String, Object>> json, int limit, int most) {
        int count = call.query("limit").map(text -> limit(text, most)).orElse(limit);
        var objects = all.stream().map(json).toList();
        int from = call.query("after").map(id -> behind(objects, id)).orElse(0);
        var data = objects.subList(from, Math.min(objects.size(), from + count));
        return new Reply()
                .put("object", "list")
                .put("data", data)
                .put("first_id", data.isEmpty() ? null : data.getFirst().get("id"))
                .put("last_id", data.isEmpty() ? null : data.getLast().get("id"))
                .put("has_more", from + data.size() < objects.size())
                .json();
    }

    private static int behind(List<Map<String, Object>> objects, String id) {
        for (int at = 0; at < objects.size(); at++)
            if (objects.get(at).get("id").equals(id)) return at + 1;
        throw invalid("\"after\" names nothing in this list");
    }

    private static int limit(String text, int most) {
        int limit = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most) throw invalid("\"limit\" must be a whole number from 1 to " + most);
        return limit;
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
