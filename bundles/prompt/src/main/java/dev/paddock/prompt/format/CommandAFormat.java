package dev.paddock.prompt.format;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * Cohere's Command R7B and Command A:
 * {@code <|START_ACTION|>[{"tool_call_id": "0", "tool_name": "f", "parameters": {...}}]<|END_ACTION|>}, thoughts between
 * {@code <|START_THINKING|>} and {@code <|END_THINKING|>}, text between {@code <|START_RESPONSE|>} and
 * {@code <|END_RESPONSE|>}, in models of 2026 {@code <|START_TEXT|>} and {@code <|END_TEXT|>}.
 */
@Component(service = ChatFormat.class)
public final class CommandAFormat extends MarkedFormat {
    private static final String ACTION = "<|START_ACTION|>";
    private static final String RESPONSE = "<|START_RESPONSE|>";
    private static final String RESPONSE_END = "<|END_RESPONSE|>";
    private static final String TEXT = "<|START_TEXT|>";
    private static final String TEXT_END = "<|END_TEXT|>";
    private static final ThoughtMarks THOUGHTS =
            new ThoughtMarks("<|START_THINKING|>", "<|END_THINKING|>", "<|END_THINKING|>");
    private static final CallObject.Keys KEYS = new CallObject.Keys(
            List.of("tool_name", "name"),
            List.of("parameters", "arguments"),
            "\"\\\"tool_call_id\\\": \\\"\" [0-9]{1,4} \"\\\", \"");

    /** A format without state. */
    public CommandAFormat() {
        super(
                "command-a",
                Layout.of(new JsonCalls(ACTION, "<|END_ACTION|>", true, KEYS))
                        .thinking(THOUGHTS)
                        .dropping(RESPONSE, RESPONSE_END, TEXT, TEXT_END)
                        .with(Layout.Trait.THOUGHTS_ANYWHERE));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(ACTION);
    }

    @Override
    public String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        boolean text = start.signs().template().text().contains(TEXT);
        String framed = grammar.literal(text ? TEXT : RESPONSE) + " " + content + " "
                + grammar.literal(text ? TEXT_END : RESPONSE_END);
        return super.answer(grammar, start, grammar.rule("framed", framed));
    }
}
