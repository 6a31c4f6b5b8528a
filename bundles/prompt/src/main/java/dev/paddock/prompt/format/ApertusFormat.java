package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.ThoughtMarks;
import org.osgi.service.component.annotations.Component;

/**
 * Apertus: {@code <|tools_prefix|>[{"f": {...}}]<|tools_suffix|>}, where the tool's name is the key of the arguments;
 * thoughts, in several places, between {@code <|inner_prefix|>} and {@code <|inner_suffix|>}.
 */
@Component(service = ChatFormat.class)
public final class ApertusFormat extends MarkedFormat {
    private static final String CALL = "<|tools_prefix|>";

    /** A format without state. */
    public ApertusFormat() {
        super(
                "apertus",
                Layout.of(new JsonCalls(CALL, "<|tools_suffix|>", true, CallObject.Keys.TOOL))
                        .thinking(new ThoughtMarks("<|inner_prefix|>", "<|inner_suffix|>", "<|inner_suffix|>"))
                        .with(Layout.Trait.THOUGHTS_ANYWHERE));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL);
    }

    /** Templates name the marks only at their head. */
    @Override
    boolean asksForThoughts(ModelSigns signs) {
        return signs.template().text().contains("enable_thinking");
    }
}
