package dev.paddock.cli.run;

import java.util.List;

/** What one entry at the prompt asks for. */
sealed interface Order {
    /** Text for the model. */
    record Say(String text) implements Order {}

    /** {@code /set name arguments}; {@code rest} is the unsplit text after the name. */
    record Set(String name, List<String> arguments, String rest) implements Order {}

    /** {@code /show what}. */
    record Show(String what) implements Order {}

    /** {@code /load model}. */
    record Load(String model) implements Order {}

    /** {@code /save model}. */
    record Save(String model) implements Order {}

    /** {@code /list prefix}. */
    record ListModels(String prefix) implements Order {}

    /** {@code /help topic}. */
    record Help(String topic) implements Order {}

    /** {@code /clear}. */
    record Clear() implements Order {}

    /** {@code /bye}. */
    record Bye() implements Order {}

    /** Something that begins with a slash and is none of ours. */
    record Unknown(String word) implements Order {}

    /** An empty line. */
    record Nothing() implements Order {}

    /** Reads one entry, of several lines where it was quoted. */
    static Order parse(String entry) {
        String text = entry.strip();
        if (text.isEmpty()) return new Nothing();
        if (!text.startsWith("/")) return new Say(unquoted(entry));
        List<String> words = List.of(text.split("\\s+"));
        String first = words.size() > 1 ? words.get(1) : "";
        return switch (words.getFirst()) {
            case "/bye", "/exit" -> new Bye();
            case "/clear" -> new Clear();
            case "/?", "/help" -> new Help(first);
            case "/show" -> new Show(first);
            case "/load" -> new Load(first);
            case "/list" -> new ListModels(first);
            case "/set" -> set(text, words, first);
            case "/save" -> new Save(first);
            default -> Attachments.beginsWithFile(text) ? new Say(text) : new Unknown(words.getFirst());
        };
    }

    private static Order set(String text, List<String> words, String name) {
        String rest =
                name.isEmpty() ? "" : text.replaceFirst("^/set\\s+\\S+", "").strip();
        return new Set(name, words.subList(Math.min(2, words.size()), words.size()), unquoted(rest));
    }

    private static String unquoted(String text) {
        String inner = text.strip();
        if (!inner.startsWith(Entry.QUOTES)) return text;
        inner = inner.substring(Entry.QUOTES.length());
        return inner.endsWith(Entry.QUOTES) ? inner.substring(0, inner.length() - Entry.QUOTES.length()) : inner;
    }
}
