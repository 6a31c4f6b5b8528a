package dev.paddock.dialect.openai.responses;

import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a response that repeat its request, with what holds where it does not say. */
final class Asked {
    private static final int MOST_METADATA = 16;

    private Asked() {}

    static Map<String, Object> of(Fields body, Map<String, Object> text) {
        return new Reply()
                .put("background", false)
                .put("instructions", or(body, "instructions", null))
                .put("max_output_tokens", or(body, "max_output_tokens", null))
                .put("max_tool_calls", or(body, "max_tool_calls", null))
                .put("metadata", metadata(body))
                .put("model", body.text("model").orElse(""))
                .put("parallel_tool_calls", or(body, "parallel_tool_calls", true))
                .put("previous_response_id", or(body, "previous_response_id", null))
                .put("prompt_cache_key", or(body, "prompt_cache_key", null))
                .put("reasoning", reasoning(body))
                .put("safety_identifier", or(body, "safety_identifier", null))
                .put("service_tier", "default")
                .put("store", or(body, "store", true))
                .put("temperature", or(body, "temperature", 1.0))
                .put("text", text)
                .put("tool_choice", or(body, "tool_choice", "auto"))
                .put("tools", or(body, "tools", List.of()))
                .put("top_logprobs", or(body, "top_logprobs", 0))
                .put("top_p", or(body, "top_p", 1.0))
                .put("truncation", or(body, "truncation", "disabled"))
                .put("user", or(body, "user", null))
                .json();
    }

    /** How the client wants its thoughts summed up; empty = not at all. */
    static Optional<String> summary(Fields body) {
        return body.object("reasoning")
                .flatMap(asked -> asked.text("summary").or(() -> asked.text("generate_summary")))
                .filter(summary -> !summary.equals("none"));
    }

    private static Map<String, Object> reasoning(Fields body) {
        var effort = body.object("reasoning").flatMap(asked -> asked.text("effort"));
        return new Reply()
                .put("effort", effort.orElse(null))
                .put("summary", summary(body).orElse(null))
                .json();
    }

    private static Map<String, Object> metadata(Fields body) {
        var metadata = body.map("metadata").orElse(Map.of());
        boolean texts = metadata.values().stream().allMatch(String.class::isInstance);
        if (!texts || metadata.size() > MOST_METADATA) {
            throw body.wrong("metadata", "an object of at most " + MOST_METADATA + " texts");
        }
        return metadata;
    }

    private static Object or(Fields body, String name, Object absent) {
        return body.value(name).orElse(absent);
    }
}
