package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Gemma 4: {@code <|tool_call>call:f{text:<|"|>of any kind<|"|>,n:2}<tool_call|>}, thoughts between
 * {@code <|channel>thought} and {@code <channel|>}, behind text and calls too. Earlier Gemmas know neither.
 */
@Component(service = ChatFormat.class)
public final class Gemma4Format extends MarkedFormat {
    private static final String CALL = "<|tool_call>";
    private static final String CHANNEL = "<|channel>";
    private static final String CHANNEL_END = "<channel|>";

    /** A format without state. */
    public Gemma4Format() {
        super(
                "gemma4",
                Layout.of(new GemmaCalls(CALL, "<tool_call|>", "<|\"|>"))
                        .thinking(new ThoughtMarks(CHANNEL + "thought", CHANNEL_END, "\n" + CHANNEL_END))
                        .with(Layout.Trait.THOUGHTS_ANYWHERE));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL);
    }

    /** The opening of a thought is a token and a word. */
    @Override
    public Set<String> markers() {
        return Set.of(CALL, "<tool_call|>", "<|\"|>", CHANNEL, CHANNEL_END);
    }
}
