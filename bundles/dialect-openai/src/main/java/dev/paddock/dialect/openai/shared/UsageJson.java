package dev.paddock.dialect.openai.shared;

import dev.paddock.api.inference.Usage;
import dev.paddock.dialect.kit.Reply;
import java.util.List;
import java.util.Map;

/** What an answer cost, in OpenAI's words and those that it has none for. */
public final class UsageJson {
    private UsageJson() {}

    /** The {@code usage} of an answer. */
    public static Map<String, Object> of(Usage usage) {
        var tally = usage.tally();
        Reply reply = new Reply()
                .put("prompt_tokens", tally.promptTokens())
                .put("completion_tokens", tally.completionTokens())
                .put("total_tokens", tally.promptTokens() + tally.completionTokens())
                .put("prompt_tokens_details", Map.of("cached_tokens", tally.cachedTokens()));
        extras(usage).forEach(reply::put);
        return reply.json();
    }

    /**
     * What the finish of a stream says beside OpenAI's fields; may be nothing.
     *
     * @param asked whether the usage comes in a chunk of its own
     */
    public static Map<String, Object> unasked(Usage usage, boolean asked, List<String> notes) {
        Reply reply = new Reply().putIf(!asked, "cached_tokens", usage.tally().cachedTokens());
        if (!asked) extras(usage).forEach(reply::put);
        return reply.putIf(!notes.isEmpty(), "notes", notes).json();
    }

    /** What happened at all. */
    private static Map<String, Object> extras(Usage usage) {
        var tally = usage.tally();
        return new Reply()
                .some("dropped_messages", usage.droppedMessages())
                .some("shifted_tokens", tally.shiftedTokens())
                .some("drafted_tokens", tally.draftedTokens())
                .some("accepted_tokens", tally.acceptedTokens())
                .some("resumes", tally.resumes())
                .json();
    }
}
