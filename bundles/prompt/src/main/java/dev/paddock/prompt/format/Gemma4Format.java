package dev.paddock.prompt.format;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.EnumSet;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Gemma 4: {@code <|tool_call>call:f{text:<|"|>of any kind<|"|>,n:2}<tool_call|>}, thoughts between
 * {@code <|channel>thought} and {@code <channel|>}, behind text and calls too. Earlier Gemmas know neither. Where a
 * template has no place for tools they are written into the messages, as {@link PlainFormat} does it.
 */
@Component(service = ChatFormat.class)
public final class Gemma4Format extends MarkedFormat {
    private static final String TURN = "<|turn>";
    private static final String CALL = "<|tool_call>";
    private static final String CALL_END = "<tool_call|>";
    private static final String QUOTE = "<|\"|>";
    private static final String CHANNEL = "<|channel>";
    private static final String CHANNEL_END = "<channel|>";

    /** A format without state. */
    public Gemma4Format() {
        super(
                "gemma4",
                Layout.of(new GemmaCalls(CALL, CALL_END, QUOTE), PlainFormat.CALLS)
                        .thinking(new ThoughtMarks(CHANNEL + "thought", CHANNEL_END, "\n" + CHANNEL_END))
                        .with(Layout.Trait.THOUGHTS_ANYWHERE));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains(CALL) || text.contains(TURN);
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        var found = EnumSet.noneOf(Capability.class);
        if (writesCalls(signs)) found.add(Capability.TOOLS);
        if (asksForThoughts(signs)) found.add(Capability.THINKING);
        return found;
    }

    private static boolean writesCalls(ModelSigns signs) {
        return signs.template().text().contains(CALL);
    }

    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        return writesCalls(signs) ? input : ToolsAsText.of(signs.template(), input);
    }

    /** The opening of a thought is a token and a word. */
    @Override
    public Set<String> markers() {
        return Set.of(CALL, CALL_END, QUOTE, CHANNEL, CHANNEL_END);
    }
}
