package dev.paddock.dialect.openai.responses;

import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;

/** Where the events of a response go. */
@FunctionalInterface
interface Events {
    /** Nobody listens: the answer is sent whole. */
    Events NONE = (_, _) -> {};

    /**
     * Tells one event.
     *
     * @param type also the name of the event
     * @param fields those that stand behind its type and its number
     */
    void send(String type, Reply fields) throws IOException;

    /** Sends them to a client, numbered from 0 without a gap. */
    static Events numbered(SseStream stream) {
        return new Events() {
            private long next;

            @Override
            public void send(String type, Reply fields) throws IOException {
                Reply event = new Reply().put("type", type).put("sequence_number", next++);
                fields.json().forEach(event::put);
                stream.send(type, event.json());
            }
        };
    }
}
