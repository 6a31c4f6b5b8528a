package dev.paddock.itest.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A way to ask the starter model something. */
enum Dialect {
    OLLAMA_CHAT("/api/chat", "/message", "/done_reason"),
    OLLAMA_GENERATE("/api/generate", "", "/done_reason"),
    OPENAI("/v1/chat/completions", "/choices/0/message", "/choices/0/finish_reason");

    final String path;
    private final String message;
    private final String reason;

    Dialect(String path, String message, String reason) {
        this.path = path;
        this.message = message;
        this.reason = reason;
    }

    /** How tokens are chosen, and how many at most. */
    record Draw(double temperature, int seed, int tokens) {
        static final Draw GREEDY = new Draw(0, 1, 300);
    }

    Map<String, Object> body(String prompt, Draw draw, boolean stream) {
        Map<String, Object> body = body(draw, stream);
        if (this == OLLAMA_GENERATE) body.put("prompt", prompt);
        else body.put("messages", List.of(Map.of("role", "user", "content", prompt)));
        return body;
    }

    /** Without a prompt or messages. */
    Map<String, Object> body(Draw draw, boolean stream) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("model", "starter", "stream", stream));
        if (this == OPENAI) {
            body.putAll(Map.of("temperature", draw.temperature, "seed", draw.seed, "max_tokens", draw.tokens));
            if (stream) body.put("stream_options", Map.of("include_usage", true));
        } else {
            body.put("options", Map.of("temperature", draw.temperature, "seed", draw.seed, "num_predict", draw.tokens));
        }
        return body;
    }

    /** Asks for an object in JSON. */
    void json(Map<String, Object> body) {
        if (this == OPENAI) body.put("response_format", Map.of("type", "json_object"));
        else body.put("format", "json");
    }

    /** Asks for JSON that this schema allows. */
    void schema(Map<String, Object> body, Map<String, Object> schema) {
        if (this == OPENAI) {
            var wrapped = Map.of("name", "person", "schema", schema);
            body.put("response_format", Map.of("type", "json_schema", "json_schema", wrapped));
        } else {
            body.put("format", schema);
        }
    }

    /** Asks for thoughts, or for none. */
    void think(Map<String, Object> body, boolean wanted) {
        if (this == OPENAI) body.put("chat_template_kwargs", Map.of("enable_thinking", wanted));
        else body.put("think", wanted);
    }

    /** Limits the tokens of thoughts. */
    void thoughts(Map<String, Object> body, int tokens) {
        body.put(this == OPENAI ? "thinking_budget" : "think_budget", tokens);
    }

    /** The message of an answer, or of a piece of it. */
    JsonNode message(JsonNode answer, boolean stream) {
        return answer.at(this == OPENAI && stream ? "/choices/0/delta" : message);
    }

    String content(JsonNode message) {
        return message.path(this == OLLAMA_GENERATE ? "response" : "content").asString("");
    }

    String thinking(JsonNode message) {
        return message.path(this == OPENAI ? "reasoning" : "thinking").asString("");
    }

    String reason(JsonNode answer) {
        return answer.at(reason).asString("");
    }

    JsonNode notes(JsonNode answer) {
        return answer.at(this == OPENAI ? "/paddock/notes" : "/notes");
    }

    int tokens(JsonNode answer) {
        return answer.at(this == OPENAI ? "/usage/completion_tokens" : "/eval_count")
                .asInt(0);
    }
}
