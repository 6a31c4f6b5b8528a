package dev.paddock.prompt;

import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.Tool;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The variables that chat templates know, by the names their authors use; what is empty is left undefined. Those of the
 * request come last and hide ours, but for the conversation and its tools.
 */
final class Variables {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter US_DATE = DateTimeFormatter.ofPattern("MMM dd yyyy", Locale.ENGLISH);
    private static final Set<String> FIXED = Set.of("messages", "tools");

    private Variables() {}

    /**
     * All variables.
     *
     * @param messages as the template wants them
     * @param open whether the assistant's turn is to be opened
     */
    static Map<String, Object> of(
            PromptInput input, List<Map<String, Object>> messages, boolean open, LocalDateTime now) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("messages", messages);
        if (!input.tools().isEmpty()) {
            variables.put("tools", input.tools().stream().map(Tool::definition).toList());
        }
        variables.put("add_generation_prompt", open);
        variables.put("bos_token", input.bosToken());
        variables.put("eos_token", input.eosToken());
        variables.put("date_string", DATE.format(now));
        variables.put("datetime", US_DATE.format(now));
        think(input.think(), variables);
        input.variables().forEach((name, value) -> {
            if (!FIXED.contains(name)) variables.put(name, value);
        });
        return variables;
    }

    /** The switches and levels that templates look at: most {@code enable_thinking}, DeepSeek and Granite the other. */
    private static void think(Think think, Map<String, Object> variables) {
        if (think == Think.UNSET) return;
        variables.put("enable_thinking", think.wanted());
        variables.put("thinking", think.wanted());
        if (!think.wanted()) variables.put("thinking_budget", 0L);
        else if (think != Think.ON)
            variables.put("reasoning_effort", think.name().toLowerCase(Locale.ROOT));
    }
}
