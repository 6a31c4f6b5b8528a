package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.GrammarBuilder;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.Tool;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/**
 * Cohere's Command R and R+: {@code Action:}, a line break and a code fence around
 * {@code [{"tool_name": "f", "parameters": {...}}]}. {@code directly-answer} in it is no tool: the model means that its
 * answer follows.
 */
@Component(service = ChatFormat.class)
public final class CommandRFormat extends MarkedFormat {
    private static final String ACTION = "Action:";
    private static final CallObject.Keys KEYS =
            new CallObject.Keys(List.of("tool_name", "name"), List.of("parameters", "arguments"));

    /** A format without state. */
    public CommandRFormat() {
        super("command-r", Layout.of(new Actions(new JsonCalls(ACTION, "", true, KEYS))));
    }

    @Override
    public boolean accepts(ModelSigns signs) {
        String text = signs.template().text();
        return text.contains(ACTION) && text.contains("\"tool_name\"") && !text.contains("<|START_ACTION|>");
    }

    /** Actions, and the one that only says that there are none. */
    private record Actions(JsonCalls calls) implements CallSyntax {
        @Override
        public String opening() {
            return calls.opening();
        }

        @Override
        public List<String> marks() {
            return List.of();
        }

        @Override
        public Stretch begin(String opening, Tools tools, TextStretch from) {
            return new DirectAnswer(opening, calls.begin(opening, tools, from), from);
        }

        @Override
        public String rule(GrammarBuilder grammar, List<Tool> tools, boolean several) {
            String blank = grammar.rule("line", "[ \\n]");
            String inner = new JsonCalls("", "", true, KEYS).rule(grammar, tools, several);
            return grammar.rule("actions", "\"Action:\" " + blank + " \"```json\\n\" " + inner + " \"\\n\"? \"```\"");
        }
    }

    /** Drops the action that says nothing when an answer follows it; if none does, it is all that the model said. */
    private static final class DirectAnswer implements Stretch {
        /** Nobody waits for the end of endless white space. */
        private static final int LONGEST = 1024;

        private static final Pattern ACTION_TEXT =
                Pattern.compile("\\s*(```(json)?)?\\s*\\[?\\s*\\{\\s*\"tool_name\"\\s*:\\s*\"directly[-_]answer\"\\s*,"
                        + "\\s*\"parameters\"\\s*:\\s*\\{\\s*}\\s*}\\s*+]?+\\s*+(```)?+\\s*+(?=\\S)");
        private final String opening;
        private final Stretch calls;
        private final TextStretch from;

        DirectAnswer(String opening, Stretch calls, TextStretch from) {
            this.opening = opening;
            this.calls = calls;
            this.from = from;
        }

        @Override
        public Stretch read(Input in, Pieces out) {
            Matcher action = ACTION_TEXT.matcher(in.tail(0));
            boolean direct = action.lookingAt();
            boolean waits = action.hitEnd() && !in.ended() && in.length() <= LONGEST;
            if (waits) return this;
            if (!direct || action.end() > LONGEST) return calls;
            in.drop(action.end());
            return from.afterGap();
        }
    }
}
