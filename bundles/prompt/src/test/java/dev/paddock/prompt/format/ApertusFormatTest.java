package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.ArrayList;
import java.util.List;

class ApertusFormatTest extends JsonCallsContract {
    @Override
    ChatFormat format() {
        return new ApertusFormat();
    }

    @Override
    String template() {
        return "<|tools_prefix|>";
    }

    @Override
    String opening() {
        return "<|tools_prefix|>";
    }

    @Override
    String closing() {
        return "<|tools_suffix|>";
    }

    @Override
    String object(String name, String json) {
        return "{\"" + name + "\": " + json + "}";
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(arrays());
        all.addAll(List.of(
                row(
                        "thoughts in two places",
                        "<|inner_prefix|>a<|inner_suffix|>b<|inner_prefix|>c<|inner_suffix|>d",
                        "[T]a[C]b[T]c[C]d"),
                row(
                        "a call between thoughts",
                        "<|inner_prefix|>a" + calls("now", "{}") + "b<|inner_suffix|>c",
                        "[T]a[!]now{}[T]b[C]c"),
                row(
                        "two keys in one object",
                        "<|tools_prefix|>[{\"now\": {}, \"add\": {}}]",
                        "[!]now{}[C], \"add\": {}}]")));
        return all;
    }
}
