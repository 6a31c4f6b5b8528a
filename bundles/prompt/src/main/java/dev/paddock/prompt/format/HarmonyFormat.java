package dev.paddock.prompt.format;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.api.prompt.ToolChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.service.component.annotations.Component;

/**
 * gpt-oss, which answers in harmony: a row of messages, each a header, {@code <|message|>}, a text and {@code <|end|>},
 * {@code <|call|>} or {@code <|return|>}. The channel in the header says what the text is: {@code <|channel|>analysis} a
 * thought, {@code final} the answer, {@code commentary} a preamble for the user too, unless it names a recipient: then it
 * is a call, {@code <|channel|>commentary to=functions.f <|constrain|>json<|message|>{"a": 1}<|call|>}. The recipient may
 * stand before the channel as well, and calls come on {@code analysis} too. Each message is a paragraph of its own.
 *
 * <p>Names of tools count as they are and as the TypeScript identifiers that a prompt may show. What stands in a header
 * and belongs to none of its parts is given out as a thought; a message to a tool that is not on offer is text, header
 * and all.
 */
@Component(service = ChatFormat.class)
public final class HarmonyFormat implements ChatFormat {
    static final ThoughtMarks THOUGHTS = new ThoughtMarks(
            "<|channel|>analysis<|message|>", "<|end|>", "<|end|><|start|>assistant<|channel|>final<|message|>");

    /** A format without state. */
    public HarmonyFormat() {}

    @Override
    public String name() {
        return "harmony";
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        boolean family = signs.architecture().replace("-", "").equals("gptoss");
        return text.contains(HarmonyAnswer.START) && (text.contains(HarmonyAnswer.CHANNEL) || family);
    }

    @Override
    public Set<Capability> capabilities(ModelSigns signs) {
        return Set.of(Capability.TOOLS, Capability.THINKING);
    }

    @Override
    public Set<String> markers() {
        return Set.of("<|start|>", "<|channel|>", "<|constrain|>", "<|message|>", "<|end|>", "<|return|>", "<|call|>");
    }

    @Override
    public Optional<ThoughtMarks> thoughts(ModelSigns signs) {
        return Optional.of(THOUGHTS);
    }

    /** Its templates know no effort beyond high, and the one in Jinja no more than one call in a message. */
    @Override
    public PromptInput prepare(ModelSigns signs, PromptInput input) {
        boolean jinja = signs.template().language() == ChatTemplate.Language.JINJA;
        return new PromptInput(
                jinja ? history(input.messages()) : input.messages(),
                input.tools(),
                input.think() == Think.MAX ? Think.HIGH : input.think(),
                input.bosToken(),
                input.eosToken(),
                input.suffix(),
                input.variables());
    }

    /** That one refuses thought, text and a call at once: it puts text beside a call where thoughts are itself. */
    private static List<Message> history(List<Message> messages) {
        return SingleCalls.of(messages).stream()
                .map(message -> message.toolCalls().isEmpty() ? message : withoutContent(message))
                .toList();
    }

    private static Message withoutContent(Message message) {
        String apart = message.thinking().isEmpty() || message.content().isEmpty() ? "" : "\n\n";
        String thought = message.thinking() + apart + message.content();
        return new Message(message.role(), "", thought, message.toolCalls(), "", "");
    }

    @Override
    public OutputParser parser(AnswerStart start) {
        return new MarkedParser(new HarmonyAnswer(Tools.of(start.tools())).first(start.prompt()));
    }

    @Override
    public String answer(GrammarBuilder grammar, AnswerStart start, String content) {
        return new HarmonyGrammar(grammar, start.prompt()).answer(content);
    }

    @Override
    public Optional<String> calls(GrammarBuilder grammar, AnswerStart start, ToolChoice choice) {
        var tools = start.tools().stream()
                .filter(tool -> choice.names().isEmpty() || choice.names().contains(tool.name()))
                .toList();
        if (tools.isEmpty()) return Optional.empty();
        boolean required = choice.mode() == ToolChoice.Mode.REQUIRED;
        return new HarmonyGrammar(grammar, start.prompt()).calls(tools, required);
    }
}
