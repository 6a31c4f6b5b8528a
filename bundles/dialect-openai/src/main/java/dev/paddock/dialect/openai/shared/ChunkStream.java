package dev.paddock.dialect.openai.shared;

import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.Usage;
import dev.paddock.dialect.kit.Choices;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.SseStream;
import dev.paddock.dialect.kit.TotalUsage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sends the answers to one request as chunks, as they come; the usage, if asked for, and the end mark come last.
 *
 * @param events where they are sent
 * @param chunks what makes them, one for each answer
 * @param alike how many answers in a row have the same prompt
 * @param usage whether the usage was asked for
 * @param usageChunk makes the chunk of it
 */
public record ChunkStream(
        SseStream events,
        List<? extends Chunks> chunks,
        int alike,
        boolean usage,
        Function<Usage, Map<String, Object>> usageChunk) {
    /** Makes the chunks of one answer. */
    @FunctionalInterface
    public interface Chunks {
        /** The chunks that an event makes; may be none, and is at least one for the end. */
        List<Reply> of(ChatEvent event);
    }

    /** Sends all, until the end of the last answer. */
    public void send(Choices choices) throws IOException {
        Usage[] usages = new Usage[choices.count()];
        while (choices.hasNext()) {
            Choices.Event next = choices.next();
            List<Reply> made = new ArrayList<>(chunks.get(next.index()).of(next.event()));
            if (next.event() instanceof ChatEvent.Done done) usages[next.index()] = done.usage();
            if (!choices.hasNext()) {
                var unasked = UsageJson.unasked(total(usages), usage, choices.notes());
                made.getLast().putIf(!unasked.isEmpty(), "paddock", unasked);
            }
            // Where usage was asked for, OpenAI's other chunks have the field, too.
            for (Reply chunk : made)
                events.send(chunk.putIf(usage, "usage", null).json());
        }
        if (usage) events.send(usageChunk.apply(total(usages)));
        events.done();
    }

    private Usage total(Usage[] usages) {
        return TotalUsage.of(List.of(usages), alike);
    }
}
