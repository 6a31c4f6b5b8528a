package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.List;

class GigaChatFormatTest extends CallsContract {
    private static final String SPOKEN = "<|message_sep|>\n\nfunction call<|role_sep|>\n";

    @Override
    ChatFormat format() {
        return new GigaChatFormat();
    }

    @Override
    String template() {
        return "<|function_call|><|message_sep|><|role_sep|>";
    }

    @Override
    String opening() {
        return "<|function_call|>";
    }

    @Override
    String call(String name, String json) {
        return "<|function_call|>{\"name\": \"" + name + "\", \"arguments\": " + json + "}";
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
                row("the end of a message", "Hello.<|message_sep|>\n\n", "[C]Hello."),
                row(
                        "as GigaChat 3 writes it",
                        "Look." + SPOKEN + "{\"name\": \"now\", \"arguments\": {}}",
                        "[C]Look.[!]now{}"),
                row(
                        "without the separator",
                        "function call<|role_sep|>\n{\"name\": \"now\"}<|message_sep|>\n\n",
                        "[!]now{}"),
                row("a function call in words", "A function call follows.", "[C]A function call follows."),
                row("half of the words", "<|message_sep|>\n\nfunction c", "[C]function c"));
    }
}
