package dev.paddock.dialect.openai;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.Usage;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Json;
import dev.paddock.dialect.kit.LogprobJson;
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
    /** The whole answer. */
    Map<String, Object> whole(WholeAnswer answer) {
        Reply message = new Reply()
                .put("role", "assistant")
                .put("content", answer.content())
                .putIf(!answer.thinking().isEmpty(), "reasoning", answer.thinking())
                .putIf(!answer.calls().isEmpty(), "tool_calls", calls(answer.calls(), 0));
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

    static List<Map<String, Object>> calls(List<ToolCall> calls, int firstIndex) {
        List<Map<String, Object>> json = new ArrayList<>();
        for (ToolCall call : calls) {
            Reply function = new Reply().put("name", call.name()).put("arguments", Json.write(call.arguments()));
            json.add(new Reply()
                    .put("id", call.id())
                    .put("index", firstIndex + json.size())
                    .put("type", "function")
                    .put("function", function.json())
                    .json());
        }
        return json;
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

    /** What the last chunk of a stream says although its client asked for no usage. */
    static Map<String, Object> unasked(Usage usage) {
        Reply reply = new Reply().put("cached_tokens", usage.tally().cachedTokens());
        extras(usage).forEach(reply::put);
        return reply.json();
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
