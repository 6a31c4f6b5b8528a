package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/**
 * MiniMax M2: {@code <minimax:tool_call>\n<invoke name="NAME">\n<parameter
 * name="KEY">VALUE</parameter>\n</invoke>\n</minimax:tool_call>}, several calls in one block, thoughts between {@code
 * <think>}, which the prompt opens, and {@code </think>}.
 */
@Component(service = ChatFormat.class)
public final class MiniMaxFormat extends MarkedFormat {
    private static final String ROW = "<minimax:tool_call>";
    private static final TaggedCalls CALLS = TaggedCalls.rows(
            ROW,
            "</minimax:tool_call>",
            NamedTag.attributed("invoke"),
            NamedTag.attributed("parameter"),
            TaggedCalls.Lines.TAGS);

    /** A format without state. */
    public MiniMaxFormat() {
        super("minimax", Layout.of(CALLS, CALLS.withoutRow()).thinking(Layout.THINK));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        return signs.template().text().contains(ROW);
    }
}
