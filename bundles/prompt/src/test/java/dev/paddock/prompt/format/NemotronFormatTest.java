package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.ArrayList;
import java.util.List;

class NemotronFormatTest extends JsonCallsContract {
    @Override
    ChatFormat format() {
        return new NemotronFormat();
    }

    @Override
    String template() {
        return "<TOOLCALL>";
    }

    @Override
    String opening() {
        return "<TOOLCALL>";
    }

    @Override
    String closing() {
        return "</TOOLCALL>";
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(arrays());
        all.addAll(List.of(
                row("a thought", "<SPECIAL_11>Assistant\n<think>\n", "Hm.\n</think>\n\n4", "[T]Hm.[C]4"),
                row("a call behind a thought", "<think>\n", "Hm.\n</think>\n" + calls("now", "{}"), "[T]Hm.[!]now{}"),
                row("no thought", "<think></think>", "\n4", "[C]4")));
        return all;
    }
}
