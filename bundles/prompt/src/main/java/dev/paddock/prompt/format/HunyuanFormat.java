package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.ThoughtMarks;
import org.osgi.service.component.annotations.Component;

/**
 * Tencent's Hunyuan A13B: {@code <tool_calls>[{"name": "f", "arguments": {...}}]</tool_calls>}, thoughts between
 * {@code <think>} and {@code </think>}, the text behind them between {@code <answer>} and {@code </answer>}.
 */
@Component(service = ChatFormat.class)
public final class HunyuanFormat extends MarkedFormat {
    /** A format without state. */
    public HunyuanFormat() {
        super(
                "hunyuan",
                Layout.of(new JsonCalls("<tool_calls>", "</tool_calls>", true, CallObject.Keys.USUAL))
                        .thinking(new ThoughtMarks("<think>", "</think>", "\n</think>\n<answer>\n"))
                        .dropping("<answer>", "</answer>"));
    }

    /** Others are told to write such tags by their users, who look for them in the text. */
    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        boolean hunyuan = signs.architecture().startsWith("hunyuan") || text.contains("<|extra_0|>");
        return hunyuan && text.contains("<answer>") && text.contains("</think>");
    }
}
