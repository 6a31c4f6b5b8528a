package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Reply;
import java.util.List;
import java.util.Map;

/** A page of a list of items, as {@code limit}, {@code order} and {@code after} ask for it. */
final class ItemPage {
    private static final int MOST = 100;
    private static final String USUAL = "20";

    private ItemPage() {}

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} naming the parameter */
    static Map<String, Object> of(Call call, List<Map<String, Object>> items) {
        var ordered = ascending(call) ? items : items.reversed();
        var rest = call.query("after").map(id -> after(ordered, id)).orElse(ordered);
        var page = rest.subList(0, Math.min(limit(call), rest.size()));
        return new Reply()
                .put("object", "list")
                .put("data", page)
                .put("first_id", page.isEmpty() ? null : page.getFirst().get("id"))
                .put("last_id", page.isEmpty() ? null : page.getLast().get("id"))
                .put("has_more", page.size() < rest.size())
                .json();
    }

    private static boolean ascending(Call call) {
        return switch (call.query("order").orElse("desc")) {
            case "asc" -> true;
            case "desc" -> false;
            default -> throw invalid("\"order\" must be asc or desc");
        };
    }

    private static List<Map<String, Object>> after(List<Map<String, Object>> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (id.equals(items.get(i).get("id"))) return items.subList(i + 1, items.size());
        }
        throw invalid("\"after\" must be the id of an item of this response");
    }

    private static int limit(Call call) {
        String limit = call.query("limit").orElse(USUAL);
        int number = limit.matches("[0-9]{1,3}") ? Integer.parseInt(limit) : 0;
        if (number < 1 || number > MOST) throw invalid("\"limit\" must be a whole number from 1 to " + MOST);
        return number;
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
