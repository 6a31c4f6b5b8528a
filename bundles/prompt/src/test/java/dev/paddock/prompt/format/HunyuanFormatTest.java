package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.ArrayList;
import java.util.List;

class HunyuanFormatTest extends JsonCallsContract {
    @Override
    ChatFormat format() {
        return new HunyuanFormat();
    }

    @Override
    String template() {
        return "<|extra_0|><think></think><answer>";
    }

    @Override
    String opening() {
        return "<tool_calls>";
    }

    @Override
    String closing() {
        return "</tool_calls>";
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(arrays());
        all.addAll(List.of(
                row("thought and answer", "<think>\na\n</think>\n<answer>\nb\n</answer>", "[T]a[C]b"),
                row("no thought", "<think>\n\n</think>\n<answer>\nb\n</answer>", "[C]b"),
                row("a call behind a thought", "<think>\na\n</think>\n" + calls("now", "{}"), "[T]a[!]now{}")));
        return all;
    }
}
