package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.List;

/** GigaChat 3, which writes the role {@code function call} where 3.1 has a mark. */
class GigaChat3FormatTest extends CallsContract {
    private static final String CALL = "<|message_sep|>\n\nfunction call<|role_sep|>\n";

    @Override
    ChatFormat format() {
        return new GigaChatFormat();
    }

    @Override
    String template() {
        return "<|message_sep|><|role_sep|>";
    }

    @Override
    String opening() {
        return "function call<|role_sep|>\n";
    }

    @Override
    String call(String name, String json) {
        return CALL + "{\"name\": \"" + name + "\", \"arguments\": " + json + "}";
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < each.length; i += 2) all.append(call(each[i], each[i + 1]));
        return all.toString();
    }

    @Override
    List<Case> own() {
        return List.of(
                row("the mark of 3.1", "<|function_call|>{\"name\": \"now\"}", "[!]now{}"),
                row("the end behind a call", call("now", "{}") + "<|message_sep|>\n\n", "[!]now{}"));
    }
}
