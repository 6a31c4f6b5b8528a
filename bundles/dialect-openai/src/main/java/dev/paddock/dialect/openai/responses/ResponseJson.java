package dev.paddock.dialect.openai.responses;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.Usage;
import dev.paddock.dialect.kit.Reply;
import java.util.List;
import java.util.Map;

/**
 * The response object in each of its states.
 *
 * @param id begins with {@code resp_}
 * @param created seconds since 1970
 * @param asked the fields that repeat the request
 */
record ResponseJson(String id, long created, Map<String, Object> asked) {
    /** While it is being answered. */
    Map<String, Object> running() {
        return state("in_progress", List.of()).put("usage", null).json();
    }

    /**
     * At its end.
     *
     * @param completed seconds since 1970
     * @param notes what of the request could not be followed, in sentences
     */
    Map<String, Object> over(List<?> output, ChatEvent.Done done, long completed, List<String> notes) {
        boolean cut = done.reason() == StopReason.LENGTH;
        return state(cut ? "incomplete" : "completed", output)
                .put("completed_at", cut ? null : completed)
                .put("incomplete_details", cut ? Map.of("reason", "max_output_tokens") : null)
                .put("usage", usage(done.usage()))
                .some("paddock", extras(done.usage(), notes))
                .json();
    }

    /** When it fails, with what there is of it. */
    Map<String, Object> failed(List<?> output, PaddockException failure) {
        var error = new Reply().put("code", code(failure.fault())).put("message", failure.getMessage());
        return state("failed", output)
                .put("error", error.json())
                .put("usage", null)
                .json();
    }

    /** OpenAI's word for a failure. */
    static String code(Fault fault) {
        return switch (fault) {
            case CONTEXT_TOO_LONG -> "context_length_exceeded";
            case QUEUE_FULL -> "rate_limit_exceeded";
            default -> "server_error";
        };
    }

    private Reply state(String status, List<?> output) {
        var reply = new Reply()
                .put("id", id)
                .put("object", "response")
                .put("created_at", created)
                .put("status", status)
                .put("completed_at", null)
                .put("error", null)
                .put("incomplete_details", null)
                .put("output", output);
        asked.forEach(reply::put);
        return reply;
    }

    /** The tokens of thoughts are not counted apart; they are in {@code output_tokens}. */
    private static Map<String, Object> usage(Usage usage) {
        var tally = usage.tally();
        var input = new Reply().put("cached_tokens", tally.cachedTokens()).put("cache_write_tokens", 0);
        return new Reply()
                .put("input_tokens", tally.promptTokens())
                .put("input_tokens_details", input.json())
                .put("output_tokens", tally.completionTokens())
                .put("output_tokens_details", Map.of("reasoning_tokens", 0))
                .put("total_tokens", tally.promptTokens() + tally.completionTokens())
                .json();
    }

    /** What OpenAI has no words for, and what happened at all. */
    private static Map<String, Object> extras(Usage usage, List<String> notes) {
        var tally = usage.tally();
        return new Reply()
                .some("dropped_messages", usage.droppedMessages())
                .some("shifted_tokens", tally.shiftedTokens())
                .some("drafted_tokens", tally.draftedTokens())
                .some("accepted_tokens", tally.acceptedTokens())
                .some("resumes", tally.resumes())
                .some("notes", notes)
                .json();
    }
}
