package dev.paddock.dialect.openai.completions;

import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.Usage;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.TotalUsage;
import dev.paddock.dialect.kit.WholeAnswer;
import dev.paddock.dialect.openai.shared.UsageJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The objects of one request's answers, which share their id and their time.
 *
 * @param id begins with {@code cmpl-}
 * @param created seconds since 1970
 * @param body what was asked
 */
record CompletionJson(String id, long created, CompletionBody body) {
    Map<String, Object> whole(List<WholeAnswer> answers, List<String> notes) {
        List<Map<String, Object>> choices = new ArrayList<>();
        for (WholeAnswer answer : answers) choices.add(choice(choices.size(), answer));
        var usages = answers.stream().map(answer -> answer.end().usage()).toList();
        return head().put("choices", choices)
                .put("usage", UsageJson.of(TotalUsage.of(usages, body.each())))
                .putIf(!notes.isEmpty(), "paddock", Map.of("notes", notes))
                .json();
    }

    private Map<String, Object> choice(int index, WholeAnswer answer) {
        var logprobs = body.form().logprobs() < 0
                ? null
                : new LegacyLogprobs(body.form().logprobs()).json(answer.logprobs());
        return choice(
                index,
                body.beginning(index) + answer.content(),
                logprobs,
                answer.end().reason());
    }

    /** A piece of a stream; the reason is null but in the last of an answer. */
    Reply chunk(int index, String text, Map<String, Object> logprobs, StopReason reason) {
        return head().put("choices", List.of(choice(index, text, logprobs, reason)));
    }

    private static Map<String, Object> choice(int index, String text, Map<String, Object> logprobs, StopReason reason) {
        return new Reply()
                .put("text", text)
                .put("index", index)
                .put("logprobs", logprobs)
                .put("finish_reason", reason == null ? null : reason.name().toLowerCase(Locale.ROOT))
                .json();
    }

    /** The piece of a stream that holds its usage. */
    Map<String, Object> usageChunk(Usage usage) {
        return head().put("choices", List.of())
                .put("usage", UsageJson.of(usage))
                .json();
    }

    private Reply head() {
        return new Reply()
                .put("id", id)
                .put("object", "text_completion")
                .put("created", created)
                .put("model", body.model())
                .put("system_fingerprint", "fp_paddock");
    }
}
