package dev.paddock.prompt;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import java.util.EnumSet;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * Hermes, Qwen 2.5 and 3, Granite 4 and the starter: {@code <tool_call>{"name": ..., "arguments": {...}}</tool_call>},
 * thoughts between {@code <think>} and {@code </think>}.
 */
@Component
public final class HermesFormat implements ChatFormat {
    @Override
    public String name() {
        return "hermes";
    }

    /** Qwen3-Coder and GLM use the same tag around something that is not JSON. */
    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains(TagParser.CALL) && !text.contains("<function=") && !text.contains("<arg_key>");
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        var found = EnumSet.of(Capability.TOOLS);
        if (Thoughts.asked(signs.template())) found.add(Capability.THINKING);
        return found;
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        return new TagParser(true, Thoughts.opened(start.prompt()), CallReader.of(start.tools()));
    }
}
