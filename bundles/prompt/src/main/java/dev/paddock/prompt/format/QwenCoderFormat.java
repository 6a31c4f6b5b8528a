package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/**
 * Qwen3-Coder, Qwen 3.5 and later, Nemotron 3 Nano, Step 3.5 and Ornith: {@code
 * <tool_call>\n<function=NAME>\n<parameter=KEY>\nVALUE\n</parameter>\n</function>\n</tool_call>}, thoughts between {@code
 * <think>} and {@code </think>}. These models now and then leave out {@code <tool_call>},
 * closing tags, or {@code </think>} before a call.
 */
@Component(service = ChatFormat.class)
public final class QwenCoderFormat extends MarkedFormat {
    private static final String ROW = "<tool_call>";
    private static final TaggedCalls CALLS = TaggedCalls.rows(
            ROW, "</tool_call>", NamedTag.valued("function"), NamedTag.valued("parameter"), TaggedCalls.Lines.VALUES);

    /** A format without state. */
    public QwenCoderFormat() {
        super("qwen3-coder", Layout.of(CALLS, CALLS.withoutRow()).thinking(Layout.THINK));
    }

    /** Functionary writes {@code <function=} without a tag around it. */
    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains(ROW) && text.contains("<function=");
    }
}
