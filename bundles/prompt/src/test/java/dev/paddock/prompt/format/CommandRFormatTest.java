package dev.paddock.prompt.format;

import dev.paddock.api.prompt.ChatFormat;
import java.util.ArrayList;
import java.util.List;

class CommandRFormatTest extends JsonCallsContract {
    private static final String DIRECT = "```json\n[\n    {\n        \"tool_name\": \"directly-answer\",\n"
            + "        \"parameters\": {}\n    }\n]\n```";

    @Override
    ChatFormat format() {
        return new CommandRFormat();
    }

    @Override
    String template() {
        return "Action: \"tool_name\"";
    }

    @Override
    String opening() {
        return "Action:";
    }

    @Override
    String closing() {
        return "";
    }

    @Override
    String nameKey() {
        return "tool_name";
    }

    @Override
    String argumentsKey() {
        return "parameters";
    }

    @Override
    String calls(String... each) {
        return super.calls(each).replace("Action:", "Action:\n```json\n") + "\n```";
    }

    @Override
    List<Case> own() {
        List<Case> all = new ArrayList<>(arrays());
        all.addAll(List.of(
                row("no line break", "Action: ```json\n[" + object("now", "{}") + "]```", "[!]now{}"),
                row("a direct answer", "Action: " + DIRECT + "\nIt is 4.", "[C]It is 4."),
                row("a direct answer that says nothing", "Action: " + DIRECT, "[C]Action: " + DIRECT),
                row(
                        "a plan before it",
                        "Plan: add.\nAction:\n```json\n" + object("now", "{}") + "\n```",
                        "[C]Plan: add.[!]now{}"),
                row("the word alone", "Action: none needed", "[C]Action: none needed")));
        return all;
    }
}
