package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.ThoughtMarks;
import org.osgi.service.component.annotations.Component;

/**
 * IBM's Granite 3: {@code <|tool_call|>[{"name": "f", "arguments": {...}}]}; thoughts of 3.3 between {@code <think>} and
 * {@code </think>} with the text between {@code <response>} and {@code </response>}, those of 3.2 between the sentences
 * "Here is my thought process:" and "Here is my response:".
 */
@Component(service = ChatFormat.class)
public final class GraniteFormat extends MarkedFormat {
    private static final String CALL = "<|tool_call|>";
    private static final String SENTENCE = "Here is my thought process:";
    private static final Layout CALLS = Layout.of(
                    new JsonCalls(CALL, "", true, CallObject.Keys.USUAL),
                    new JsonCalls("<tool_call>", "</tool_call>", true, CallObject.Keys.USUAL))
            .bare(new JsonCalls("", "", true, CallObject.Keys.USUAL))
            .dropping("<response>", "</response>");
    private static final Layout TAGS = CALLS.thinking(new ThoughtMarks("<think>", "</think>", "</think><response>"));
    private static final Layout SENTENCES = CALLS.thinking(
                    new ThoughtMarks(SENTENCE, "Here is my response:", "\n\nHere is my response:"),
                    "Here's my response:")
            .opening("Here's my thought process:");

    /** A format without state. */
    public GraniteFormat() {
        super("granite", TAGS);
    }

    @Override
    Layout layout(ModelSigns signs) {
        return signs.template().text().contains(SENTENCE) ? SENTENCES : TAGS;
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL)
                && !signs.template().text().contains("<|/tool_call|>");
    }

    @Override
    boolean asksForThoughts(ModelSigns signs) {
        return signs.template().text().contains("thinking")
                && signs.template()
                        .text()
                        .contains(layout(signs).thoughts().orElseThrow().open());
    }

    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        return asksForThoughts(signs) ? switching("thinking", input) : input;
    }
}
