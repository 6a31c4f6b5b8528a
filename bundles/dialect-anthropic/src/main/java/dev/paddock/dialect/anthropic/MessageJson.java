package dev.paddock.dialect.anthropic;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.Usage;
import dev.paddock.api.model.Option;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.WholeAnswer;
import dev.paddock.dialect.kit.WholeCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One message in the API's words.
 *
 * @param id of the message
 * @param body what was asked
 */
record MessageJson(String id, MessagesBody body) {
    /** Thoughts of Anthropic's are signed so that they can be checked when they come back; here nobody checks them. */
    static final String SIGNATURE = "paddock";

    /** A whole answer; blocks until its end. */
    Map<String, Object> whole(Answer answer) {
        WholeAnswer whole = answer.whole();
        ChatEvent.Done end = whole.end();
        var extras = extras(end.usage(), answer.notes());
        return message(content(whole))
                .put("stop_reason", reason(end, !whole.calls().isEmpty(), answer.window()))
                .put("stop_sequence", stop(end))
                .put("usage", usage(end.usage().tally()).json())
                .putIf(!extras.isEmpty(), "paddock", extras)
                .json();
    }

    private List<Object> content(WholeAnswer answer) {
        List<Object> content = new ArrayList<>();
        String thinking = answer.thinking();
        if (!thinking.isEmpty()) content.add(thinking(body.showsThoughts() ? thinking : "", SIGNATURE));
        if (!answer.content().isEmpty()) content.add(text(answer.content()));
        for (WholeCall whole : answer.calls()) {
            var call = whole.call();
            content.add(call(call.id(), call.name(), call.arguments()).json());
        }
        answer.cut()
                .ifPresent(cut -> content.add(call(cut.id(), cut.name(), Map.of())
                        .put("partial_json", cut.arguments())
                        .json()));
        return content;
    }

    /** The message as its stream begins: nothing said yet. */
    Map<String, Object> begun(Answer answer) {
        int cached = answer.cachedTokens();
        return message(List.of())
                .put("stop_reason", null)
                .put("stop_sequence", null)
                .put("usage", usage(answer.promptTokens() - cached, cached, 0).json())
                .json();
    }

    private Reply message(List<?> content) {
        return new Reply()
                .put("id", id)
                .put("type", "message")
                .put("role", "assistant")
                .put("model", body.request().model())
                .put("content", content);
    }

    static Map<String, Object> text(String text) {
        return new Reply().put("type", "text").put("text", text).json();
    }

    static Map<String, Object> thinking(String text, String signature) {
        return new Reply()
                .put("type", "thinking")
                .put("thinking", text)
                .put("signature", signature)
                .json();
    }

    static Reply call(String id, String name, Map<String, Object> input) {
        return new Reply()
                .put("type", "tool_use")
                .put("id", id)
                .put("name", name)
                .put("input", input);
    }

    /**
     * Why an answer ended.
     *
     * @param called whether a call was completed
     * @param window tokens that prompt and answer share
     */
    String reason(ChatEvent.Done end, boolean called, int window) {
        if (end.reason() == StopReason.LENGTH) {
            Tally tally = end.usage().tally();
            boolean own = tally.completionTokens() >= body.request().options().integer(Option.NUM_PREDICT, 0);
            boolean full = tally.promptTokens() + tally.completionTokens() >= window;
            return full && !own ? "model_context_window_exceeded" : "max_tokens";
        }
        if (called) return "tool_use";
        return stop(end) == null ? "end_turn" : "stop_sequence";
    }

    /** The text that ended the answer; null when none of the request's did: those of the model's own are its end. */
    String stop(ChatEvent.Done end) {
        return body.request().options().stop().contains(end.stop()) ? end.stop() : null;
    }

    static Reply usage(Tally tally) {
        return usage(tally.promptTokens() - tally.cachedTokens(), tally.cachedTokens(), tally.completionTokens());
    }

    private static Reply usage(int input, int cached, int output) {
        return new Reply()
                .put("input_tokens", input)
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", cached)
                .put("output_tokens", output);
    }

    /** What Anthropic has no words for, and what happened at all. */
    static Map<String, Object> extras(Usage usage, List<String> notes) {
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
