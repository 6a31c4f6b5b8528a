package dev.paddock.cli.template;

import java.util.regex.Pattern;

/** The languages of chat templates. */
enum Kind {
    /** As in a GGUF's {@code tokenizer.chat_template}. */
    JINJA("jinja", "Jinja"),
    /** As in an Ollama model's {@code TEMPLATE}. */
    GO("go", "Go text/template");

    private static final Pattern JINJA_TAG = Pattern.compile("\\{[%#]");
    private static final Pattern GO_ACTION = Pattern.compile(
            "\\{\\{-?\\s*(?:[.$]|/\\*|(?:if|else|end|range|with|define|template|block|break|continue)\\b)");

    private final String word;
    private final String display;

    Kind(String word, String display) {
        this.word = word;
        this.display = display;
    }

    /** How it is said in options and JSON. */
    String word() {
        return word;
    }

    /** How people call it. */
    String display() {
        return display;
    }

    /** What a template seems to be, and by what that was seen. */
    record Guess(Kind kind, String why) {}

    /** Guesses by what only one of them has; Jinja when nothing tells. */
    static Guess guess(String template) {
        if (JINJA_TAG.matcher(template).find()) return new Guess(JINJA, "it has {% or {#");
        var action = GO_ACTION.matcher(template);
        if (action.find()) return new Guess(GO, "it has " + action.group());
        return new Guess(JINJA, template.contains("{{") ? "nothing in it is Go's alone" : "there are no tags in it");
    }
}
