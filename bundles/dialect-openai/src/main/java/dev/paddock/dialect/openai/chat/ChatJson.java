package dev.paddock.dialect.openai.chat;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.Usage;
import dev.paddock.dialect.kit.LogprobJson;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.TotalUsage;
import dev.paddock.dialect.kit.WholeAnswer;
import dev.paddock.dialect.openai.shared.UsageJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The objects of one request's answers, which share their id and their time. Thoughts stand in two fields: clients of
 * Ollama and OpenRouter read {@code reasoning}, those of DeepSeek, llama.cpp's server and older vLLM
 * {@code reasoning_content}, and each reads one.
 *
 * @param id begins with {@code chatcmpl-}
 * @param created seconds since 1970
 * @param model the model's name as the client wrote it
 */
record ChatJson(String id, long created, String model) {
    /** The whole answers to one prompt, with what of the request could not be followed to the letter. */
    Map<String, Object> whole(List<WholeAnswer> answers, List<String> notes) {
        List<Map<String, Object>> choices = new ArrayList<>();
        for (WholeAnswer answer : answers) choices.add(choice(choices.size(), answer));
        var usages = answers.stream().map(answer -> answer.end().usage()).toList();
        return head("chat.completion")
                .put("choices", choices)
                .put("usage", UsageJson.of(TotalUsage.of(usages, usages.size())))
                .putIf(!notes.isEmpty(), "paddock", Map.of("notes", notes))
                .json();
    }

    private static Map<String, Object> choice(int index, WholeAnswer answer) {
        List<Map<String, Object>> calls = calls(answer);
        boolean silent = answer.content().isEmpty() && !calls.isEmpty();
        Reply message = new Reply()
                .put("role", "assistant")
                .put("content", silent ? null : answer.content())
                .put("refusal", null)
                .some("reasoning", answer.thinking())
                .some("reasoning_content", answer.thinking())
                .some("tool_calls", calls);
        return new Reply()
                .put("index", index)
                .put("message", message.json())
                .put("logprobs", answer.logprobs().isEmpty() ? null : logprobs(answer.logprobs()))
                .put(
                        "finish_reason",
                        reason(answer.end().reason(), !answer.calls().isEmpty()))
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
    Reply chunk(int index, Reply delta, List<Logprob> logprobs, String finishReason) {
        Reply choice = new Reply()
                .put("index", index)
                .put("delta", delta.json())
                .putIf(!logprobs.isEmpty(), "logprobs", logprobs(logprobs))
                .put("finish_reason", finishReason);
        return head("chat.completion.chunk").put("choices", List.of(choice.json()));
    }

    private static Map<String, Object> logprobs(List<Logprob> logprobs) {
        return new Reply()
                .put("content", LogprobJson.of(logprobs, true))
                .put("refusal", null)
                .json();
    }

    /** The piece of a stream that holds its usage. */
    Map<String, Object> usageChunk(Usage usage) {
        return head("chat.completion.chunk")
                .put("choices", List.of())
                .put("usage", UsageJson.of(usage))
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
}
