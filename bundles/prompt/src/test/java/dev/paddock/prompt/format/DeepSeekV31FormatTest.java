package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.List;

/** DeepSeek V3.1, which writes neither {@code function} nor fences. */
class DeepSeekV31FormatTest extends CallsContract {
    private static final String CALL = "<｜tool▁call▁begin｜>";

    @Override
    ChatFormat format() {
        return new DeepSeekFormat();
    }

    @Override
    String template() {
        return CALL + "<｜tool▁sep｜>";
    }

    @Override
    String opening() {
        return CALL;
    }

    @Override
    String call(String name, String json) {
        return CALL + name + "<｜tool▁sep｜>" + json + "<｜tool▁call▁end｜>";
    }

    @Override
    String calls(String... each) {
        StringBuilder all = new StringBuilder("<｜tool▁calls▁begin｜>");
        for (int i = 0; i < each.length; i += 2) all.append(call(each[i], each[i + 1]));
        return all + "<｜tool▁calls▁end｜>";
    }

    @Override
    List<Case> own() {
        return List.of(
                row("a thought", "<｜Assistant｜><think>", "a</think>b", "[T]a[C]b"),
                row("an empty thought and a call", "<think>", "</think>" + calls("now", "{}"), "[!]now{}"),
                row("a row that does not end", "<｜tool▁calls▁begin｜>" + call("now", "{}"), "[!]now{}"));
    }
}
