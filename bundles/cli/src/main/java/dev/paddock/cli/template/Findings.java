package dev.paddock.cli.template;

import dev.paddock.prompt.GoPrompt;
import dev.paddock.prompt.adapt.TemplateTraits;
import dev.paddock.prompt.go.GoTemplate;
import dev.paddock.prompt.go.GoTemplateException;
import dev.paddock.prompt.jinja.JinjaTemplate;
import dev.paddock.prompt.jinja.TemplateException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a look at a template shows, each under a name. */
record Findings(Map<String, String> lines) {
    private static final String NO = "no";
    /** Variables by which Jinja templates are told about thoughts. */
    private static final List<String> THINKING =
            List.of("enable_thinking", "thinking", "reasoning_effort", "thinking_budget", "think");
    /** Where they look for earlier thoughts. */
    private static final List<String> THOUGHTS = List.of("reasoning_content", "reasoning", "thinking");

    /**
     * Looks at a template.
     *
     * @throws TemplateException when it is Jinja and wrong
     * @throws GoTemplateException when it is Go and wrong
     */
    static Findings of(Kind kind, String text) {
        return switch (kind) {
            case JINJA -> jinja(JinjaTemplate.parse(text));
            case GO -> go(GoTemplate.parse(text));
        };
    }

    private static Findings jinja(JinjaTemplate template) {
        var names = template.names();
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("variables", list(names.variables()));
        lines.put("fields", list(names.fields()));
        List<String> tools = new ArrayList<>();
        if (names.variables().contains("tools")) tools.add("those on offer (tools)");
        if (names.fields().contains("tool_calls")) tools.add("earlier calls (tool_calls)");
        lines.put("tools", list(tools));
        List<String> thinking = new ArrayList<>(THINKING);
        thinking.retainAll(names.variables());
        THOUGHTS.stream()
                .filter(names.fields()::contains)
                .map(field -> "earlier thoughts (" + field + ")")
                .forEach(thinking::add);
        lines.put("thinking", list(thinking));
        boolean opens = names.variables().contains("add_generation_prompt");
        lines.put("generation prompt", opens ? "yes (add_generation_prompt)" : NO);
        lines.put("messages", MessageWays.of(TemplateTraits.of(template)));
        return new Findings(lines);
    }

    private static Findings go(GoTemplate template) {
        var prompt = GoPrompt.of(template);
        Set<String> names = prompt.names();
        Map<String, String> lines = new LinkedHashMap<>();
        Set<String> fields = new TreeSet<>();
        template.fields().forEach(field -> fields.add("." + field));
        lines.put("variables", list(fields));
        List<String> tools = new ArrayList<>();
        if (names.contains("tools")) tools.add("those on offer (.Tools)");
        if (names.contains("toolcalls")) tools.add("earlier calls (.ToolCalls), marked by " + quoted(prompt.toolTag()));
        lines.put("tools", list(tools));
        List<String> thinking = new ArrayList<>();
        for (String name : List.of(".Think", ".ThinkLevel", ".IsThinkSet"))
            if (fields.contains(name)) thinking.add(name);
        prompt.thinkTags()
                .ifPresent(tags -> thinking.add(
                        "earlier thoughts between " + quoted(tags.open()) + " and " + quoted(tags.close())));
        lines.put("thinking", list(thinking));
        lines.put("gaps", names.contains("suffix") ? "yes (.Suffix)" : NO);
        lines.put(
                "conversation",
                names.contains("messages") ? "as a whole (.Messages)" : "turn by turn (.Prompt and .Response)");
        lines.put("generation prompt", "yes (the prompt ends where the answer begins)");
        return new Findings(lines);
    }

    private static String quoted(String mark) {
        return '"' + mark.replace("\n", "\\n") + '"';
    }

    private static String list(Iterable<String> items) {
        String list = String.join(", ", items);
        return list.isEmpty() ? NO : list;
    }
}
