package dev.paddock.dialect.openai.chat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Think;
import dev.paddock.dialect.kit.Fields;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Whether, how hard and how long the model shall think, by the many names that clients have for it: OpenAI's effort,
 * OpenRouter's {@code reasoning}, the {@code thinking} of GLM and DeepSeek, Qwen's {@code enable_thinking}, and what
 * vLLM and llama.cpp's server call the limit.
 *
 * @param think what is asked for
 * @param tokens most tokens of thoughts; empty = no limit
 * @param variables for the chat template ({@code chat_template_kwargs})
 */
public record Reasoning(Think think, OptionalInt tokens, Map<String, Object> variables) {
    private static final String VARIABLES = "chat_template_kwargs";
    private static final String[] LIMITS = {
        "thinking_budget",
        "thinking_budget_tokens",
        "thinking_token_budget",
        "reasoning_budget",
        "reasoning_budget_tokens",
    };

    /** @throws PaddockException with {@link Fault#INVALID_REQUEST} when a value is none, or two contradict each other */
    public static Reasoning parse(Fields body) {
        var none = new Fields(Map.of());
        var reasoning = body.object("reasoning").orElse(none);
        var thinking = body.object("thinking").orElse(none);
        var variables = body.map(VARIABLES).orElse(Map.of());
        Map<String, Boolean> wanted = new TreeMap<>();
        var level = level(body, reasoning, wanted);
        var limit = limit(body, reasoning, thinking, wanted);
        switches(body, reasoning, thinking, variables, wanted);
        if (wanted.containsValue(true) && wanted.containsValue(false)) throw contradiction(wanted);
        boolean on = wanted.containsValue(true);
        var think = level != Think.UNSET ? level : wanted.isEmpty() ? Think.UNSET : on ? Think.ON : Think.OFF;
        return new Reasoning(think, limit, variables);
    }

    /** The object form wins when both are given, as in Ollama. */
    private static Think level(Fields body, Fields reasoning, Map<String, Boolean> wanted) {
        var plain = body.text("reasoning_effort");
        var level = reasoning.text("effort").or(() -> plain).map(Reasoning::level);
        level.ifPresent(think -> wanted.put("reasoning_effort", think.wanted()));
        return level.orElse(Think.UNSET);
    }

    private static Think level(String effort) {
        return switch (effort) {
            case "none" -> Think.OFF;
            case "minimal", "low" -> Think.LOW;
            case "medium" -> Think.MEDIUM;
            case "high" -> Think.HIGH;
            case "xhigh", "ultra", "max" -> Think.MAX;
            default ->
                throw invalid("invalid reasoning value: \"" + effort + "\" (must be \"minimal\", \"low\", \"medium\","
                        + " \"high\", \"xhigh\", \"ultra\", \"max\", or \"none\")");
        };
    }

    private static void switches(
            Fields body,
            Fields reasoning,
            Fields thinking,
            Map<String, Object> variables,
            Map<String, Boolean> wanted) {
        body.value("enable_thinking")
                .ifPresent(_ -> wanted.put("enable_thinking", body.flag("enable_thinking", false)));
        reasoning.value("enabled").ifPresent(_ -> wanted.put("reasoning.enabled", reasoning.flag("enabled", false)));
        thinking.text("type").ifPresent(type -> {
            if (!type.equals("enabled") && !type.equals("disabled"))
                throw thinking.wrong("type", "enabled or disabled");
            wanted.put("thinking.type", type.equals("enabled"));
        });
        for (String name : new String[] {"enable_thinking", "thinking"}) {
            if (variables.get(name) instanceof Boolean on) wanted.put(VARIABLES + "." + name, on);
        }
    }

    /** A limit in OpenRouter's form asks for thoughts, too. */
    private static OptionalInt limit(Fields body, Fields reasoning, Fields thinking, Map<String, Boolean> wanted) {
        Map<String, Long> limits = new TreeMap<>();
        limit(reasoning, "max_tokens", limits);
        limit(thinking, "budget_tokens", limits);
        for (String name : LIMITS) limit(body, name, limits);
        if (limits.values().stream().distinct().count() > 1) throw contradiction(limits);
        if (limits.getOrDefault("reasoning.max_tokens", 0L) > 0) wanted.put("reasoning.max_tokens", true);
        return limits.values().stream()
                .filter(tokens -> tokens >= 0)
                .mapToInt(Long::intValue)
                .findFirst();
    }

    private static void limit(Fields from, String name, Map<String, Long> limits) {
        from.integer(name, -1, Integer.MAX_VALUE).ifPresent(tokens -> limits.put(from.at(name), tokens));
    }

    private static PaddockException contradiction(Map<String, ?> fields) {
        return invalid("these fields contradict each other, leave some of them out: " + fields);
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
