package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.ThoughtMarks;
import org.osgi.service.component.annotations.Component;

/**
 * MiniCPM 3: {@code <|tool_call_start|>}, calls like {@code f(a="x")} on lines of a block of Python code, {@code
 * <|tool_call_end|>}; thoughts between {@code <|thought_start|>} and {@code <|thought_end|>}.
 */
@Component(service = ChatFormat.class)
public final class MiniCpmFormat extends MarkedFormat {
    /** Begins thoughts. */
    static final String THOUGHT = "<|thought_start|>";

    /** A format without state. */
    public MiniCpmFormat() {
        super(
                "minicpm3",
                Layout.of(new PythonCalls("<|tool_call_start|>", "<|tool_call_end|>", PythonCalls.Style.CODE))
                        .thinking(new ThoughtMarks(THOUGHT, "<|thought_end|>")));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(THOUGHT);
    }
}
