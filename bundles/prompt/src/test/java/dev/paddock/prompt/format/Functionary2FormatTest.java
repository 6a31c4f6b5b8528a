package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.List;

class Functionary2FormatTest extends CallsContract {
    private static final String OPEN = "<|from|>assistant\n<|recipient|>";

    @Override
    ChatFormat format() {
        return new Functionary2Format();
    }

    @Override
    String template() {
        return "<|recipient|>";
    }

    @Override
    String opening() {
        return "<|recipient|>";
    }

    @Override
    String call(String name, String json) {
        return "<|recipient|>" + name + "\n<|content|>" + json;
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder(call(each[0], each[1]));
        for (int i = 2; i < each.length; i += 2)
            all.append("\n<|from|>assistant\n").append(call(each[i], each[i + 1]));
        return all.toString();
    }

    @Override
    String text(String text) {
        return "<|recipient|>all\n<|content|>" + text;
    }

    @Override
    List<String> prompts() {
        return List.of("", OPEN);
    }

    @Override
    List<Case> own() {
        return List.of(
                row("text for all", OPEN, "all\n<|content|>Hello there.", "[C]Hello there."),
                row("no text for all", OPEN, "all\n<|content|>\n<|from|>assistant\n" + call("now", "{}"), "[!]now{}"),
                row("a call at once", OPEN, "add\n<|content|>{\"a\": 1}", "[!]add{\"a\":1}"),
                row(
                        "text, then calls",
                        OPEN,
                        "all\n<|content|>Look.\n<|from|>assistant\n" + calls("now", "{}", "add", "{\"a\": 1}"),
                        "[C]Look.[!]now{}[!]add{\"a\":1}"),
                row("text without address", OPEN, "Hello\nthere", "[C]Hello\nthere"),
                row("an unknown address", OPEN, "nobody\n<|content|>{}", "[C]nobody\n<|content|>{}"));
    }
}
