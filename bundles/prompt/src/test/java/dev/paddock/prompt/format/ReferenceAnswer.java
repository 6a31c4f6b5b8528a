package dev.paddock.prompt.format;

import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.Tool;
import dev.paddock.prompt.json.JsonReader;
import dev.paddock.prompt.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One row of the reference data: an assistant's turn as a template writes it. */
record ReferenceAnswer(Map<String, Object> row) {
    /** The tools that the rows call. */
    static final List<Tool> TOOLS = List.of(tool("get_weather", """
                    {"type": "object", "properties": {"location": {"type": "string"}, "days": {"type": "integer"},
                     "tags": {"type": "array", "items": {"type": "string"}}, "exact": {"type": "boolean"}}}
                    """), tool("get_time", """
                    {"type": "object", "properties": {"zone": {"type": "string"}}}
                    """));

    /** What ends a turn: with it, or the next turn behind it, the answer is over. */
    private static final Pattern END = Pattern.compile(
            "\\s*(<\\|im_end\\|>|</s>|<｜end▁of▁sentence｜>|<\\|eot_id\\|>|<\\|eom_id\\|>|<\\|end_of_text\\|>|<turn\\|>|<\\|tool_response>"
                    + "|<end_of_turn>|<\\|end_of_turn\\|>|<\\|end\\|>|<seed:eos>|<\\|END_OF_TURN_TOKEN\\|>|<SPECIAL_12>|<sep>|<\\|eot\\|>"
                    + "|</assistant>|<\\|stop\\|>|<\\|EOT\\|>|<end_of_utterance>|<\\|assistant_end\\|>)");
    /** The beginning of a word or mark, cut off because another one begins the same way. */
    private static final Pattern BEGINNING = Pattern.compile("[A-Za-z_<|\\[｜▁]*\\z");

    private static Tool tool(String name, String parameters) {
        Map<String, Object> schema = JsonReader.object(parameters).orElseThrow();
        return new Tool(name, Map.of("type", "function", "function", Map.of("name", name, "parameters", schema)));
    }

    private String text(String key) {
        return (String) row.get(key);
    }

    String template() {
        return text("template");
    }

    String name() {
        return template() + " | " + row.get("kind") + (Boolean.TRUE.equals(row.get("enable_thinking")) ? "" : " | off");
    }

    /** Whether it is known where the answer begins: prompt and turn must have their beginning in common. */
    boolean usable() {
        String tail = text("prompt_unmatched_tail");
        if (!text("generation_prompt").endsWith(tail)) return false;
        return tail.isBlank() || !text("assistant_text").contains((beginning() + tail).strip());
    }

    private String common() {
        String prompt = text("generation_prompt");
        return prompt.substring(
                0, prompt.length() - text("prompt_unmatched_tail").length());
    }

    /** What was cut off the answer's beginning. */
    private String beginning() {
        if (text("prompt_unmatched_tail").isBlank()) return "";
        Matcher matcher = BEGINNING.matcher(common());
        return matcher.find() ? matcher.group() : "";
    }

    String prompt() {
        return common().substring(0, common().length() - beginning().length());
    }

    /** As the model would write it: what ends the turn prints nothing. */
    String answer() {
        String answer = beginning() + text("assistant_text");
        Matcher end = END.matcher(answer);
        int from = 0;
        while (end.find(from)) {
            boolean message = end.group(1).equals("<|end|>") && answer.contains("<|channel|>");
            if (!message) return answer.substring(0, end.start());
            from = end.end();
        }
        return answer;
    }

    /** What the template wrote of the message: thoughts, content, calls. */
    String expected() {
        var message = (Map<?, ?>) row.get("message");
        String answer = answer();
        StringBuilder all = new StringBuilder();
        if (message.get("reasoning_content") instanceof String thought && answer.contains(thought)) {
            all.append("[T]").append(thought);
        }
        String content = (String) message.get("content");
        if (!content.isEmpty() && answer.contains(content)) all.append("[C]").append(content);
        if (message.get("tool_calls") instanceof List<?> calls) {
            for (Object call : calls) {
                var function = (Map<?, ?>) ((Map<?, ?>) call).get("function");
                if (answer.contains((String) function.get("name"))) {
                    all.append(call((String) function.get("name"), object(function.get("arguments"))));
                }
            }
        }
        return all.toString();
    }

    private static Map<?, ?> object(Object arguments) {
        return arguments instanceof String json ? JsonReader.object(json).orElseThrow() : (Map<?, ?>) arguments;
    }

    private static String call(String name, Map<?, ?> arguments) {
        Map<String, Object> sorted = new TreeMap<>();
        arguments.forEach((key, value) -> sorted.put((String) key, value));
        return "[!]" + name + JsonText.of(sorted);
    }

    /** What was read in the same form: thoughts, content without white space around it, calls. */
    static String shown(List<OutputPiece> pieces) {
        StringBuilder thought = new StringBuilder();
        StringBuilder content = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (var piece : pieces) {
            switch (piece) {
                case OutputPiece.Thinking more -> thought.append(more.text());
                case OutputPiece.Content more -> content.append(more.text());
                case OutputPiece.Call call ->
                    calls.add(call(call.call().name(), call.call().arguments()));
                case OutputPiece.CallBroken broken -> calls.add("[?]" + broken.text());
                case OutputPiece.CallBegun begun -> {}
                case OutputPiece.CallArguments more -> {}
            }
        }
        return shown("[T]", thought) + shown("[C]", content) + String.join("", calls);
    }

    private static String shown(String kind, StringBuilder text) {
        String stripped = text.toString().strip();
        return stripped.isEmpty() ? "" : kind + stripped;
    }
}
