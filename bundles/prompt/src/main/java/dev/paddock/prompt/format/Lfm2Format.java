package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/**
 * LFM 2 and 2.5: {@code <|tool_call_start|>[f(a='x', n=2), g()]<|tool_call_end|>}, thoughts between {@code <think>} and
 * {@code </think>} where the model likes.
 */
@Component(service = ChatFormat.class)
public final class Lfm2Format extends MarkedFormat {
    private static final String CALLS = "<|tool_call_start|>";

    /** A format without state. */
    public Lfm2Format() {
        super(
                "lfm2",
                Layout.of(new PythonCalls(CALLS, "<|tool_call_end|>", PythonCalls.Style.LIST))
                        .thinking(Layout.THINK));
    }

    /** The first templates list tools and say nothing of calls. MiniCPM 3 has the same tokens. */
    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        boolean lists = text.contains("<|tool_list_start|>") || text.contains("List of tools: ");
        boolean ours =
                text.contains("<|tool_list_start|>") || signs.architecture().startsWith("lfm2");
        return !text.contains(MiniCpmFormat.THOUGHT) && (text.contains(CALLS) || (lists && ours));
    }
}
