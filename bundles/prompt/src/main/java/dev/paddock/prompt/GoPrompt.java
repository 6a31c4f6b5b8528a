package dev.paddock.prompt;

import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.prompt.go.GoTemplate;
import dev.paddock.prompt.go.GoTemplateException;
import dev.paddock.prompt.go.JsonList;
import dev.paddock.prompt.go.ThinkTags;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Go template as Ollama uses it: with the whole conversation when it looks at {@code .Messages}, else once for each
 * turn of prompt and response, or with what stands before and behind a gap. Immutable.
 */
public final class GoPrompt {
    private static final String RESPONSE = "Response";

    private final GoTemplate whole;
    /** For a turn that the model shall finish: up to where its text goes. */
    private final GoTemplate open;

    private final Set<String> names;
    private final Optional<ThinkTags> thinkTags;
    private final String toolTag;

    private GoPrompt(GoTemplate template) {
        var used = template.names();
        boolean asksForAnswers = used.contains("messages") || used.contains("response");
        this.whole = asksForAnswers ? template : template.followedBy(RESPONSE);
        this.names = whole.names();
        this.open = whole.cutBehind(RESPONSE);
        this.thinkTags = template.thinkTags();
        this.toolTag = template.toolTag();
    }

    /**
     * Parses a template.
     *
     * @throws GoTemplateException.Syntax with line and column
     */
    public static GoPrompt parse(String source) {
        return of(GoTemplate.parse(source));
    }

    /**
     * Uses a parsed template.
     *
     * @throws GoTemplateException.Syntax with line and column, when it calls a template without a value
     */
    public static GoPrompt of(GoTemplate template) {
        template.requireValues();
        return new GoPrompt(template);
    }

    /** Fields that it looks at, in lower case. */
    public Set<String> names() {
        return names;
    }

    /** What stands around the model's thoughts; empty when the template writes none. */
    public Optional<ThinkTags> thinkTags() {
        return thinkTags;
    }

    /** What stands before the model's tool calls. */
    public String toolTag() {
        return toolTag;
    }

    /**
     * The prompt up to where the answer begins.
     *
     * @param today what the template takes for the date
     * @throws GoTemplateException when the template fails or does too much
     */
    public String render(PromptInput input, LocalDate today) {
        return render(input, thinking(input.think()), today);
    }

    /**
     * The prompt of values that somebody wrote for Ollama's own engine: what they do not say of thoughts is not so.
     *
     * @param today what the template takes for the date
     * @throws GoTemplateException when the template fails or does too much
     */
    public String render(OllamaValues values, LocalDate today) {
        return render(values.input(), values.thinking(), today);
    }

    private String render(PromptInput input, Map<String, Object> thinking, LocalDate today) {
        var turns = new GoTurns(input.messages());
        String prompt =
                input.messages().isEmpty() ? "" : input.messages().getLast().content();
        if (!input.suffix().isEmpty()) {
            Map<String, Object> values = new HashMap<>(thinking);
            values.put("Prompt", prompt);
            values.put("Suffix", input.suffix());
            values.put(RESPONSE, "");
            return whole.render(values, today);
        }
        return names.contains("messages")
                ? conversation(input, turns.merged(), thinking, today)
                : turnByTurn(turns.turns(), thinking, today);
    }

    private String conversation(
            PromptInput input, List<Message> messages, Map<String, Object> thinking, LocalDate today) {
        Map<String, Object> values = new HashMap<>(thinking);
        String system = input.messages().stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .map(Message::content)
                .collect(Collectors.joining("\n\n"));
        values.put("System", system);
        values.put("Messages", messages.stream().map(GoMessages::message).toList());
        values.put(
                "Tools", new JsonList(input.tools().stream().map(GoTools::tool).toList()));
        values.put(RESPONSE, "");
        return whole.render(values, today);
    }

    private String turnByTurn(List<GoTurns.Turn> turns, Map<String, Object> thinking, LocalDate today) {
        StringBuilder prompt = new StringBuilder();
        for (int i = 0; i < turns.size(); i++) {
            Map<String, Object> values = new HashMap<>(thinking);
            values.put("System", turns.get(i).system());
            values.put("Prompt", turns.get(i).prompt());
            values.put(RESPONSE, turns.get(i).response());
            prompt.append((i < turns.size() - 1 ? whole : open).render(values, today));
        }
        return prompt.toString();
    }

    /** As Ollama has it, a model that can think does so unless it is told otherwise. */
    private Map<String, Object> thinking(Think asked) {
        Think think = asked == Think.UNSET && thinkTags.isPresent() ? Think.ON : asked;
        String level = think == Think.ON ? Think.MEDIUM.name() : think.wanted() ? think.name() : "";
        return Map.of(
                "Think", think.wanted(),
                "ThinkLevel", level.toLowerCase(Locale.ROOT),
                "IsThinkSet", think != Think.UNSET);
    }
}
