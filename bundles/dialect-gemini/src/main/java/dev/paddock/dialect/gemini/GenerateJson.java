package dev.paddock.dialect.gemini;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.engine.Tally;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.Usage;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.WholeAnswer;
import dev.paddock.dialect.kit.WholeCall;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Answers in the API's words.
 *
 * @param id of the request
 * @param body what was asked
 */
record GenerateJson(String id, GenerateBody body) {
    /** The logarithm of a probability that is none; JSON has no infinity. */
    private static final double NEVER = -9999;

    /** A whole answer; blocks until its end. */
    Map<String, Object> whole(Answer answer) {
        WholeAnswer whole = answer.whole();
        List<Object> parts = new ArrayList<>();
        if (body.showsThoughts() && !whole.thinking().isEmpty()) parts.add(thought(whole.thinking()));
        if (!whole.content().isEmpty()) parts.add(text(whole.content()));
        for (WholeCall call : whole.calls()) parts.add(call(call.call()));
        Reply candidate = candidate(parts, whole.logprobs());
        String cut = whole.cut().map(call -> cut(call.name(), call.arguments())).orElse("");
        return last(candidate, whole.end(), cut, answer);
    }

    /** A piece of an answer. */
    Map<String, Object> piece(Map<String, Object> part, List<Logprob> logprobs, Answer answer) {
        return response(candidate(List.of(part), logprobs), answer).json();
    }

    /**
     * The end of an answer.
     *
     * @param cut what is to be said of a call in which the limit ended it; may be empty
     */
    Map<String, Object> last(Reply candidate, ChatEvent.Done end, String cut, Answer answer) {
        candidate.put("finishReason", end.reason() == StopReason.LENGTH ? "MAX_TOKENS" : "STOP");
        candidate.some("finishMessage", cut);
        var extras = extras(end.usage(), answer.notes());
        return response(candidate, answer)
                .put("usageMetadata", usage(end.usage().tally()))
                .putIf(!extras.isEmpty(), "paddock", extras)
                .json();
    }

    static Reply candidate(List<?> parts, List<Logprob> logprobs) {
        // Clients expect a part in each piece; Google's last one is empty too.
        List<?> some = parts.isEmpty() ? List.of(text("")) : parts;
        Reply content = new Reply().put("parts", some).put("role", "model");
        return new Reply()
                .put("content", content.json())
                .put("index", 0)
                .putIf(!logprobs.isEmpty(), "logprobsResult", logprobs(logprobs));
    }

    private Reply response(Reply candidate, Answer answer) {
        return new Reply()
                .put("candidates", List.of(candidate.json()))
                .put("modelVersion", answer.model())
                .put("responseId", id);
    }

    static Map<String, Object> text(String text) {
        return new Reply().put("text", text).json();
    }

    static Map<String, Object> thought(String text) {
        return new Reply().put("text", text).put("thought", true).json();
    }

    static Map<String, Object> call(ToolCall call) {
        Reply json = new Reply().put("id", call.id()).put("name", call.name()).put("args", call.arguments());
        return new Reply().put("functionCall", json.json()).json();
    }

    /** Google has no place for half a call. */
    static String cut(String name, String arguments) {
        return "the limit ended the answer in a call of " + name + ", after: " + arguments;
    }

    private static Map<String, Object> usage(Tally tally) {
        return new Reply()
                .put("promptTokenCount", tally.promptTokens())
                .some("cachedContentTokenCount", tally.cachedTokens())
                .put("candidatesTokenCount", tally.completionTokens())
                .put("totalTokenCount", tally.promptTokens() + tally.completionTokens())
                .json();
    }

    private static Map<String, Object> logprobs(List<Logprob> logprobs) {
        List<Object> top = new ArrayList<>();
        List<Object> chosen = new ArrayList<>();
        for (Logprob logprob : logprobs) {
            chosen.add(likely(logprob));
            top.add(Map.of(
                    "candidates",
                    logprob.top().stream().map(GenerateJson::likely).toList()));
        }
        return new Reply()
                .put("topCandidates", top)
                .put("chosenCandidates", chosen)
                .json();
    }

    private static Map<String, Object> likely(Logprob logprob) {
        return new Reply()
                .put("token", new String(logprob.bytes(), StandardCharsets.UTF_8))
                .put("tokenId", logprob.token())
                .put("logProbability", Math.max(NEVER, logprob.value()))
                .json();
    }

    /** What Google has no words for, and what happened at all. */
    private static Map<String, Object> extras(Usage usage, List<String> notes) {
        return new Reply()
                .some("droppedMessages", usage.droppedMessages())
                .some("shiftedTokens", usage.tally().shiftedTokens())
                .some("resumes", usage.tally().resumes())
                .some("notes", notes)
                .json();
    }
}
