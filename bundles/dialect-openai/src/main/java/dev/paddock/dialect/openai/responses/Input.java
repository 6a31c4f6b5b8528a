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
        for (Fields item : items(body)) {
            boolean reference = InputItems.type(item).equals("item_reference");
            Map<String, Object> json = reference ? history.item(item) : item.whole();
            reading.add(reference ? new Fields(json) : item);
            items.add(identified(json, key + "_in_" + items.size()));
        }
        List<Message> messages = reading.messages();
        if (messages.isEmpty()) throw new PaddockException(Fault.INVALID_REQUEST, "\"input\" is required");
        return new Input(messages, List.copyOf(items), previous, reading.notes());
    }

    private static List<Fields> items(Fields body) {
        if (!(body.value(FIELD).orElse(null) instanceof String text)) return body.objects(FIELD);
        var part = new Reply().put("type", "input_text").put("text", text);
        var message = new Reply().put("role", "user").put("content", List.of(part.json()));
        return List.of(new Fields(message.json()));
    }

    private static Map<String, Object> identified(Map<String, Object> item, String id) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", "item_" + id);
        json.put("type", "message");
        item.forEach((name, value) -> {
            if (value != null) json.put(name, value);
        });
        return json;
    }
}
