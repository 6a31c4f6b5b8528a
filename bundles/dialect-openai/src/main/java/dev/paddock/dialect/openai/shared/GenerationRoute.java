package dev.paddock.dialect.openai.shared;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Choices;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Opener;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;
import java.util.Map;

/**
 * A route that generates text: its answers come whole or in chunks.
 *
 * @param <B> its body, read
 */
public abstract class GenerationRoute<B> implements BatchRoute {
    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} naming the field */
    protected abstract B parse(Fields fields);

    /** Whether chunks are asked for. */
    protected abstract boolean streams(B body);

    /** Blocks for the answers. */
    protected abstract Choices open(B body, Opener opener, Asker asker);

    /** All answers as one object; blocks until the last has ended. */
    protected abstract Map<String, Object> whole(B body, Choices choices, String id);

    /** What sends the answers in chunks. */
    protected abstract ChunkStream stream(B body, SseStream events, String id);

    /** Answers one request. */
    public final void answer(Call call) throws IOException {
        Fields fields =
                call.body().orElseThrow(() -> new PaddockException(Fault.INVALID_REQUEST, "missing request body"));
        B body = parse(fields);
        Asker asker = call.asker(fields);
        call.ignored(fields.unread());
        if (!streams(body)) {
            call.json(200, whole(body, call, asker));
            return;
        }
        try (Choices choices = open(body, call, asker)) {
            stream(body, call.sse(), call.id()).send(choices);
        }
    }

    @Override
    public final Map<String, Object> whole(Fields fields, Opener opener, Asker asker) {
        B body = parse(fields);
        GenerationFields.refuseStream(streams(body));
        return whole(body, opener, asker);
    }

    private Map<String, Object> whole(B body, Opener opener, Asker asker) {
        try (Choices choices = open(body, opener, asker)) {
            return whole(body, choices, opener.id());
        }
    }
}
