package dev.paddock.inference;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.api.prompt.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Thoughts between {@code <think>} and {@code </think>}.
 *
 * @param calls whether it writes calls as a grammar
 * @param reads whether it reads calls
 * @param writes whether it writes tools into the messages
 * @param behind whether calls can come where no thoughts do
 */
record TagFormat(boolean calls, boolean reads, boolean writes, boolean behind) implements ChatFormat {
    static final ThoughtMarks MARKS = new ThoughtMarks("<think>", "</think>");
    static final TagFormat FULL = new TagFormat(true, true, false);

    TagFormat(boolean calls, boolean reads, boolean writes) {
        this(calls, reads, writes, true);
    }

    @Override
    public String name() {
        return "tag";
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return true;
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        return reads ? Set.of(Capability.TOOLS) : Set.of();
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        return new TagReader(start.prompt().stripTrailing().endsWith(MARKS.open()));
    }

    @Override
    public Set<String> markers() {
        return Set.of("<|im_start|>", "<|elsewhere|>");
    }

    @Override
    public Optional<ThoughtMarks> thoughts(ModelSigns signs) {
        return Optional.of(MARKS);
    }

    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        if (!writes || input.tools().isEmpty()) return input;
        List<Message> messages = new ArrayList<>(input.messages());
        messages.addFirst(
                new Message(Role.SYSTEM, "tools: " + input.tools().getFirst().name()));
        return input.with(messages, List.of());
    }

    @Override
    public String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        return behindThoughts(grammar, start, content);
    }

    @Override
    public Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        if (!calls || (!behind && !start.thoughts())) return Optional.empty();
        String call = grammar.rule("call", choice.mode() + " " + choice.names() + " " + choice.several());
        return Optional.of(behindThoughts(grammar, start, call));
    }

    private static String behindThoughts(GrammarBuilder grammar, AnswerStart start, String rule) {
        if (!start.thoughts()) return rule;
        return grammar.rule("thinking", "thought " + rule);
    }
}
