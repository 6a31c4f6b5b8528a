package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.ArrayList;
import java.util.List;

class AprielFormatTest extends JsonCallsContract {
    @Override
    ChatFormat format() {
        return new AprielFormat();
    }

    @Override
    String template() {
        return "[BEGIN FINAL RESPONSE]";
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
                row(
                        "steps, then the answer",
                        "Here are my reasoning steps:\na\n[BEGIN FINAL RESPONSE]\nb\n[END FINAL RESPONSE]",
                        "[T]a[C]b"),
                row(
                        "the prompt began the steps",
                        "Here are my reasoning steps:\n",
                        "a\n[BEGIN FINAL RESPONSE]\nb",
                        "[T]a[C]b"),
                row(
                        "a call behind the steps",
                        "Here are my reasoning steps:\n",
                        "a\n[BEGIN FINAL RESPONSE]\n\n" + calls("now", "{}"),
                        "[T]a[!]now{}"),
                row("a call in the steps", "Here are my reasoning steps:\n", "\n" + calls("now", "{}"), "[!]now{}")));
        return all;
    }
}
