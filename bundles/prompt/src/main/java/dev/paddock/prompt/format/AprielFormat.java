package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.ThoughtMarks;
import org.osgi.service.component.annotations.Component;

/**
 * ServiceNow's Apriel: {@code <tool_calls>[{"name": "f", "arguments": {...}}]</tool_calls>}; thoughts from "Here are my
 * reasoning steps:", which the prompt may hold, to {@code [BEGIN FINAL RESPONSE]}. Its templates also speak of
 * {@code <tool_call>}, so it goes before {@link HermesFormat}.
 */
@Component(service = ChatFormat.class, property = "service.ranking:Integer=10")
public final class AprielFormat extends MarkedFormat {
    private static final String FINAL = "[BEGIN FINAL RESPONSE]";
    private static final String STEPS = "Here are my reasoning steps:";

    /** A format without state. */
    public AprielFormat() {
        super(
                "apriel",
                Layout.of(new JsonCalls("<tool_calls>", "</tool_calls>", true, CallObject.Keys.USUAL))
                        .thinking(new ThoughtMarks(STEPS, FINAL, "\n" + FINAL + "\n"))
                        .dropping("[END FINAL RESPONSE]"));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(FINAL);
    }

    /** All of these models think, unasked. */
    @Override
    boolean asksForThoughts(ModelSigns signs) {
        return true;
    }
}
