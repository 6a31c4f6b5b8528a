package dev.paddock.prompt.format;

import java.util.List;
import java.util.Optional;

/** One answer in harmony, a row of messages: leads from each part of a message to the next. One thread. */
final class HarmonyAnswer {
    static final String START = "<|start|>";
    static final String ASSISTANT = START + "assistant";
    static final String CHANNEL = "<|channel|>";
    static final String MESSAGE = "<|message|>";
    static final String CALL = "<|call|>";

    /** What ends a message. */
    static final List<String> ENDS = List.of("<|end|>", "<|return|>", CALL);

    private final HarmonyNames names;
    private final List<Mark> marks;

    HarmonyAnswer(Tools tools) {
        this.names = new HarmonyNames(tools);
        Mark.Next behindEnd = (opening, from) -> message();
        Mark.Next header = (opening, from) -> new HarmonyHeaderStretch(this, opening.strip());
        this.marks = List.of(
                new Mark(ENDS.get(0), behindEnd),
                new Mark(ENDS.get(1), behindEnd),
                new Mark(CALL, behindEnd),
                new Mark(START, header),
                new Mark(CHANNEL, header),
                // As models write it that lost their control tokens.
                new Mark("assistantcommentary to=", header),
                new Mark("assistant to=functions.", header));
    }

    /** What reads an answer to a prompt. */
    Stretch first(String prompt) {
        int start = prompt.lastIndexOf(ASSISTANT);
        String header = start < 0 ? "" : prompt.substring(start + ASSISTANT.length());
        int text = header.indexOf(MESSAGE);
        if (ENDS.stream().anyMatch(header::contains)) return message();
        if (text < 0) return header.isBlank() ? message() : new HarmonyHeaderStretch(this, header);
        boolean begun = text + MESSAGE.length() < header.length();
        var parsed = HarmonyHeader.of(header.substring(0, text));
        var tool = tool(parsed);
        if (!begun && tool.isPresent()) {
            return new HarmonyCallStretch(this, tool.get(), new StringBuilder(header));
        }
        return rest(parsed.kind());
    }

    /** The rest of a message's text. */
    TextStretch rest(Kind kind) {
        return new TextStretch(kind, marks);
    }

    /** Before a message. */
    Stretch message() {
        return new HarmonyHeaderStretch(this, "");
    }

    /** The text of a message, which stands apart from earlier messages. */
    TextStretch text(Kind kind, Pieces out) {
        out.paragraph(kind);
        return new TextStretch(kind, marks).afterGap();
    }

    /** A text that was taken for something else, and what follows it. */
    TextStretch text(Kind kind, String read, Pieces out) {
        out.paragraph(kind);
        return new TextStretch(kind, marks).afterText(read, out);
    }

    Optional<String> tool(HarmonyHeader header) {
        return header.recipients().stream()
                .map(names::tool)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * What reads on behind a header.
     *
     * @param raw the header as it stood
     * @param end the mark that ended it, {@code "{"} when arguments begin without one, empty when nothing did
     */
    Stretch behind(String raw, String end, Pieces out) {
        var header = HarmonyHeader.of(raw);
        var tool = tool(header);
        boolean message = end.equals(MESSAGE);
        if (tool.isPresent() && (message || end.equals("{") || end.equals(CALL))) {
            aside(header.rest(), out);
            header.recipients().stream()
                    .filter(to -> !names.tool(to).equals(tool))
                    .forEach(to -> aside(to, out));
            var written = new StringBuilder(raw).append(message || end.equals(CALL) ? end : "");
            if (!end.equals(CALL)) return new HarmonyCallStretch(this, tool.get(), written);
            call(tool.get(), written, out);
            return message();
        }
        if (!header.recipients().isEmpty()) return text(header.kind(), raw + end, out);
        if (message) {
            aside(header.rest(), out);
            return text(header.kind(), out);
        }
        if (!header.rest().isBlank()) return text(header.kind(), header.rest(), out);
        return end.isEmpty() ? text(header.kind(), out) : message();
    }

    /** Words in a header are for nobody, but they were said. */
    private static void aside(String words, Pieces out) {
        if (words.isBlank()) return;
        out.paragraph(Kind.THINKING);
        out.text(Kind.THINKING, words.strip());
    }

    /** A call without arguments. */
    void call(String tool, StringBuilder written, Pieces out) {
        var call = out.begin(tool);
        call.arguments("{}");
        call.complete(written);
    }
}
