package dev.paddock.dialect.openai.responses;

import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.Map;

/** One item of an answer while it is written: announced, extended, then closed. One thread. */
abstract sealed class OutputItem permits CallItem, MessageItem, ReasoningItem {
    static final String COMPLETED = "completed";
    static final String INCOMPLETE = "incomplete";
    private static final String RUNNING = "in_progress";

    private final Place place;

    OutputItem(Place place) {
        this.place = place;
    }

    /**
     * Where an item stands.
     *
     * @param id of the item
     * @param index of the item in the stream, from 0
     * @param events where its events go
     */
    record Place(String id, int index, Events events) {}

    final String id() {
        return place.id();
    }

    /** The item with what there is of it. */
    abstract Map<String, Object> json(String status);

    /** The item while nothing is in it. */
    abstract Map<String, Object> empty(String status);

    /** What is told after the item was announced. */
    void opened() throws IOException {}

    /** What is told before the item is closed. */
    abstract void closing(String status) throws IOException;

    final void begin() throws IOException {
        send("response.output_item.added", item(empty(RUNNING)));
        opened();
    }

    /** @return the item as it stays */
    final Map<String, Object> close(String status) throws IOException {
        closing(status);
        var whole = json(status);
        send("response.output_item.done", item(whole));
        return whole;
    }

    private Reply item(Map<String, Object> json) {
        return new Reply().put("output_index", place.index()).put("item", json);
    }

    /** The fields with which events about a part of this item begin. */
    final Reply part() {
        return new Reply().put("item_id", id()).put("output_index", place.index());
    }

    final void send(String type, Reply fields) throws IOException {
        place.events().send(type, fields);
    }
}
