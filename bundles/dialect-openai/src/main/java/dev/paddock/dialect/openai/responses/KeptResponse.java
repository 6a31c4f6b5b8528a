package dev.paddock.dialect.openai.responses;

import dev.paddock.dialect.kit.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A response that is over, with what it answered. Kept as JSON text, which is a fraction of what the same takes as
 * objects, and whose size is known.
 *
 * @param id of the response
 * @param previous id of the response that it went on from
 * @param itemIds ids of all items in it
 * @param input a JSON object with the list {@code data}: the items of the request
 * @param response the response as it was sent
 */
record KeptResponse(String id, Optional<String> previous, Set<String> itemIds, byte[] input, byte[] response) {
    private static final String DATA = "data";
    /** What an id and an entry take beside the texts, about. */
    private static final int OVERHEAD = 200;

    static KeptResponse of(Map<String, Object> response, Optional<String> previous, List<Map<String, Object>> input) {
        Set<String> ids = new TreeSet<>();
        for (var item : input) ids.add(String.valueOf(item.get("id")));
        for (var item : items(response, "output")) ids.add(String.valueOf(item.get("id")));
        return new KeptResponse(
                String.valueOf(response.get("id")),
                previous,
                ids,
                Json.bytes(Map.of(DATA, input)),
                Json.bytes(response));
    }

    /** What it takes, in bytes. */
    long bytes() {
        long ids = itemIds.stream().mapToLong(id -> id.length() + OVERHEAD).sum();
        return OVERHEAD + ids + input.length + response.length;
    }

    /** The items of its request. */
    List<Map<String, Object>> inputItems() {
        return items(read(input), DATA);
    }

    /** The items that it consists of. */
    List<Map<String, Object>> outputItems() {
        return items(json(), "output");
    }

    /** As it was sent. */
    Map<String, Object> json() {
        return read(response);
    }

    private static Map<String, Object> read(byte[] json) {
        try {
            return Json.readObject(new ByteArrayInputStream(json)).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // Jackson gives objects as maps with text keys
    private static List<Map<String, Object>> items(Map<String, Object> json, String name) {
        List<Map<String, Object>> items = new ArrayList<>();
        if (json.get(name) instanceof List<?> list) list.forEach(item -> items.add((Map<String, Object>) item));
        return items;
    }
}
