package dev.paddock.prompt.format;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.ThoughtMarks;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Upstage's Solar Open: {@code <|tool_calls|><|tool_call:begin|>id<|tool_call:name|>f<|tool_call:args|>{...}
 * <|tool_call:end|><|calls|>}, thoughts between {@code <|think|>} and {@code <|end|>}, text behind {@code <|content|>},
 * and {@code <|begin|>assistant} before each part but the first.
 */
@Component(service = ChatFormat.class)
public final class SolarFormat extends MarkedFormat {
    private static final String ROW = "<|tool_calls|>";
    private static final String CALL = "<|tool_call:begin|>";
    private static final String CALL_END = "<|tool_call:end|>";
    private static final String NEXT = "<|begin|>assistant";
    private static final String CONTENT = "<|content|>";
    private static final String END = "<|end|>";
    private static final Pattern HEADER = Pattern.compile("\\s*(?<id>[A-Za-z0-9_-]+)?\\s*<\\|tool_call:name\\|>"
            + "\\s*(?<name>[^<>{}\"\\s]+)\\s*<\\|tool_call:args\\|>\\s*");

    /** A format without state. */
    public SolarFormat() {
        super(
                "solar",
                Layout.of(calls())
                        .thinking(new ThoughtMarks("<|think|>", END, END + NEXT + CONTENT))
                        .dropping(ROW, "<|calls|>", NEXT, CONTENT, END, "<|flush|>")
                        .with(Layout.Trait.THOUGHTS_ANYWHERE));
    }

    private static NamedCalls calls() {
        String head = "[a-z0-9]{10} \"<|tool_call:name|>\" NAME \"<|tool_call:args|>\"";
        List<String> marks = List.of("<|begin|>", "<|tool_call:name|>", "<|tool_call:args|>");
        var written = new NamedCalls.Written(ROW, head, CALL_END, "", "<|calls|>", marks);
        return new NamedCalls(CALL, List.of(HEADER), List.of(CALL_END), written);
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(CALL);
    }

    @Override
    public String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        String framed = "(" + grammar.literal(NEXT) + ")? " + grammar.literal(CONTENT) + " " + content;
        return super.answer(grammar, start, grammar.rule("framed", framed));
    }
}
