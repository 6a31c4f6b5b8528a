package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import org.osgi.service.component.annotations.Component;

/**
 * Hermes, Qwen 2.5 and 3, QwQ, Granite 4 and the starter: {@code <tool_call>{"name": ..., "arguments": {...}}</tool_call>},
 * thoughts between {@code <think>} and {@code </think>}.
 */
@Component(service = ChatFormat.class)
public final class HermesFormat extends MarkedFormat {
    private static final String CALL = "<tool_call>";

    /** A format without state. */
    public HermesFormat() {
        super(
                "hermes",
                Layout.of(new JsonCalls(CALL, "</tool_call>", false, CallObject.Keys.USUAL))
                        .thinking(Layout.THINK));
    }

    /** Qwen3-Coder and GLM use the same tag around something that is not JSON. */
    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains(CALL) && !text.contains("<function=") && !text.contains("<arg_key>");
    }
}
