package dev.paddock.dialect.openai.chat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.Usage;
import dev.paddock.dialect.kit.LogprobJson;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.WholeAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The objects of one answer, which share their id and their time.
 *
 * @param id begins with {@code chatcmpl-}
 * @param created seconds since 1970
 * @param model the model's name as the client wrote it
 */
record ChatJson(String id, long created, String model) {
    /** The whole answer, with what of the request could not be followed to the letter. */
    Map<String, Object> whole(WholeAnswer answer, List<String> notes) {
        List<Map<String, Object>> calls = calls(answer);
        Reply message = new Reply()
                .put("role", "assistant")
                .put("content", answer.content())
                .putIf(!answer.thinking().isEmpty(), "reasoning", answer.thinking())
                .putIf(!calls.isEmpty(), "tool_calls", calls);
        Reply choice = new Reply()
                .put("index", 0)
                .put("message", message.json())
                .putIf(!answer.logprobs().isEmpty(), "logprobs", logprobs(answer.logprobs()))
                .put(
                        "finish_reason",
                        reason(answer.end().reason(), !answer.calls().isEmpty()));
        return head("chat.completion")
                .put("choices", List.of(choice.json()))
                .put("usage", usage(answer.end().usage()))
                .putIf(!notes.isEmpty(), "paddock", Map.of("notes", notes))
                .json();
    }

    /** Those that are complete, and the one in which the limit cut the answer off, as far as it came. */
    private static List<Map<String, Object>> calls(WholeAnswer answer) {
        List<Map<String, Object>> json = new ArrayList<>();
        for (var whole : answer.calls()) {
            json.add(call(whole.index(), whole.call().id(), whole.call().name(), whole.arguments()));
        }
        answer.cut().ifPresent(cut -> json.add(call(cut.index(), cut.id(), cut.name(), cut.arguments())));
        return json;
    }

    /** A call that began, or all of it. */
    static Map<String, Object> call(int index, String id, String name, String arguments) {
        Reply function = new Reply().put("name", name).put("arguments", arguments);
        return new Reply()
                .put("id", id)
                .put("index", index)
                .put("type", "function")
                .put("function", function.json())
                .json();
    }

    /** More of the arguments of a call that began. */
    static Map<String, Object> arguments(int index, String json) {
        return new Reply()
                .put("index", index)
                .put("function", Map.of("arguments", json))
                .json();
    }

    /** A piece of a stream, with how likely its tokens were when that was asked for. */
    Reply chunk(Reply delta, List<Logprob> logprobs, String finishReason) {
        Reply choice = new Reply()
                .put("index", 0)
                .put("delta", delta.json())
                .putIf(!logprobs.isEmpty(), "logprobs", logprobs(logprobs))
                .put("finish_reason", finishReason);
        return head("chat.completion.chunk").put("choices", List.of(choice.json()));
    }

    private static Map<String, Object> logprobs(List<Logprob> logprobs) {
        return new Reply().put("content", LogprobJson.of(logprobs, true)).json();
    }

    /** The piece of a stream that holds its usage. */
    Map<String, Object> usageChunk(Usage usage) {
        return head("chat.completion.chunk")
                .put("choices", List.of())
                .put("usage", usage(usage))
                .json();
    }

    private Reply head(String object) {
        return new Reply()
                .put("id", id)
                .put("object", object)
                .put("created", created)
                .put("model", model)
                .put("system_fingerprint", "fp_paddock");
    }

    static String reason(StopReason reason, boolean called) {
        return called && reason == StopReason.STOP
                ? "tool_calls"
                : reason.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> usage(Usage usage) {
        Reply reply = new Reply()
                .put("prompt_tokens", usage.tally().promptTokens())
                .put("completion_tokens", usage.tally().completionTokens())
                .put(
                        "total_tokens",
                        usage.tally().promptTokens() + usage.tally().completionTokens())
                .put(
                        "prompt_tokens_details",
                        Map.of("cached_tokens", usage.tally().cachedTokens()));
        extras(usage).forEach(reply::put);
        return reply.json();
    }

    /**
     * What the finish of a stream says beside OpenAI's fields; may be nothing.
     *
     * @param asked whether the usage comes in a chunk of its own
     */
    static Map<String, Object> unasked(Usage usage, boolean asked, List<String> notes) {
        Reply reply = new Reply().putIf(!asked, "cached_tokens", usage.tally().cachedTokens());
        if (!asked) extras(usage).forEach(reply::put);
        return reply.putIf(!notes.isEmpty(), "notes", notes).json();
    }

    /** What OpenAI has no words for, and what happened at all. */
    private static Map<String, Object> extras(Usage usage) {
        var tally = usage.tally();
        return new Reply()
                .putIf(usage.droppedMessages() > 0, "dropped_messages", usage.droppedMessages())
                .putIf(tally.shiftedTokens() > 0, "shifted_tokens", tally.shiftedTokens())
                .putIf(tally.draftedTokens() > 0, "drafted_tokens", tally.draftedTokens())
                .putIf(tally.acceptedTokens() > 0, "accepted_tokens", tally.acceptedTokens())
                .putIf(tally.resumes() > 0, "resumes", tally.resumes())
                .json();
    }
}
