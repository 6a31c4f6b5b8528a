package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a response answers.
 *
 * @param messages the conversation, with what came before the request
 * @param items those of the request alone, each with an id and a type, references resolved
 * @param previous id of the response that the request goes on from
 * @param notes what of it is not in the messages, in sentences
 */
record Input(List<Message> messages, List<Map<String, Object>> items, Optional<String> previous, List<String> notes) {
    private static final String FIELD = "input";

    /**
     * Reads {@code input}, {@code instructions} and {@code previous_response_id}.
     *
     * @param key makes the ids of items that have none unique
     * @throws PaddockException with {@link Fault#INVALID_REQUEST}
     */
    static Input parse(Fields body, History history, String key) {
        var reading = new InputItems();
        reading.instructions(body.text("instructions").orElse(""));
        var previous = body.text("previous_response_id").filter(id -> !id.isBlank());
        previous.ifPresent(id -> history.upTo(id).forEach(reading::add));
        List<Map<String, Object>> items = new ArrayList<>();
        for (Item item : items(body, history)) {
            reading.add(item.fields());
            items.add(identified(item.json(), key + "_in_" + items.size()));
        }
        List<Message> messages = reading.messages();
        if (messages.isEmpty()) throw new PaddockException(Fault.INVALID_REQUEST, "\"input\" is required");
        return new Input(messages, List.copyOf(items), previous, reading.notes());
    }

    private record Item(Map<?, ?> json, Fields fields) {
        static Item of(Map<String, Object> json) {
            return new Item(json, new Fields(json));
        }
    }

    private static List<Item> items(Fields body, History history) {
        if (body.value(FIELD).orElse(null) instanceof String text) return List.of(Item.of(said(text)));
        List<Item> items = new ArrayList<>();
        for (Fields item : body.objects(FIELD)) {
            boolean reference = InputItems.type(item).equals("item_reference");
            if (reference) items.add(Item.of(history.item(item)));
            else items.add(new Item((Map<?, ?>) body.list(FIELD).get(items.size()), item));
        }
        return items;
    }

    private static Map<String, Object> said(String text) {
        var part = new Reply().put("type", "input_text").put("text", text);
        return new Reply()
                .put("role", "user")
                .put("content", List.of(part.json()))
                .json();
    }

    private static Map<String, Object> identified(Map<?, ?> item, String id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", "item_" + id);
        json.put("type", "message");
        item.forEach((name, value) -> {
            if (value != null) json.put(name.toString(), value);
        });
        return json;
    }
}
