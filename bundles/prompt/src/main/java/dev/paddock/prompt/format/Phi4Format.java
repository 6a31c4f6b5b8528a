package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.prompt.json.JsonText;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Phi-4-mini and -multimodal: {@code <|tool_call|>[{"name": ..., "arguments": {...}}]<|/tool_call|>}, or the same array
 * behind {@code functools} as another template of theirs asks for it; thoughts of those that reason between
 * {@code <think>} and {@code </think>}. Phi-4 itself was not trained on tools.
 */
@Component(service = ChatFormat.class)
public final class Phi4Format extends MarkedFormat {
    private static final String TOOLS = "<|tool|>";
    private static final String TOOLS_END = "<|/tool|>";
    private static final String CALL = "<|tool_call|>";
    private static final String CALL_END = "<|/tool_call|>";
    /** The family's Jinja template looks for tools in the system message, where no client puts them. */
    private static final Pattern TOOLS_OF_MESSAGE =
            Pattern.compile("message(?:\\['tools'\\]|\\[\"tools\"\\]|\\.tools)");

    private static final String ROLE = "You are a helpful assistant with some tools.";

    /** A format without state. */
    public Phi4Format() {
        super(
                "phi4",
                Layout.of(calls(CALL, CALL_END), calls("<|tool_calls|>", "<|/tool_calls|>"), calls("functools", ""))
                        .thinking(Layout.THINK));
    }

    private static JsonCalls calls(String opening, String closing) {
        return new JsonCalls(opening, closing, true, CallObject.Keys.USUAL);
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return (text.contains(TOOLS) && text.contains(TOOLS_END))
                || text.contains(CALL_END)
                || text.contains("<|/tool_calls|>");
    }

    /** Where the template has no place for tools and earlier calls, they are written into the texts as it would. */
    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        var template = signs.template();
        boolean places = template.language() == ChatTemplate.Language.GO
                || !TOOLS_OF_MESSAGE.matcher(template.text()).find();
        if (places) return input;
        List<Message> messages =
                input.messages().stream().map(Phi4Format::withCalls).toList();
        if (input.tools().isEmpty()) return input.with(messages, List.of());
        String offer = TOOLS
                + JsonText.of(input.tools().stream().map(ToolsAsText::function).toList())
                + TOOLS_END;
        return input.with(
                ToolsAsText.withFirst(messages, Role.SYSTEM, text -> (text.isBlank() ? ROLE : text) + offer),
                List.of());
    }

    private static Message withCalls(Message message) {
        if (message.toolCalls().isEmpty()) return message;
        String calls = CALL
                + JsonText.of(
                        message.toolCalls().stream().map(ToolsAsText::object).toList())
                + CALL_END;
        return new Message(message.role(), message.content() + calls, message.thinking(), List.of(), "", "");
    }
}
