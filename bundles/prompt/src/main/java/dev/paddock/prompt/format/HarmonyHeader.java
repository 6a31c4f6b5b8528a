package dev.paddock.prompt.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands before the text of a harmony message, for example {@code <|start|>assistant<|channel|>commentary
 * to=functions.f <|constrain|>json}. Models put its parts in any order, double them and add words of their own.
 *
 * @param channel the last one named; empty when none is
 * @param recipients all but the assistant, in order
 * @param rest what belongs to none of these
 */
record HarmonyHeader(String channel, List<String> recipients, String rest) {
    private static final Pattern PART =
            Pattern.compile("<\\|start\\|>\\s*(?:assistant)?|<\\|channel\\|>\\s*(analysis|commentary|final)?(?:json)?"
                    + "|<\\|constrain\\|>\\s*(?:json\\b|code\\b|JSON\\b)?|\\bto=([^\\s<{]*)"
                    + "|(?<![^\\s>])(?:assistant)?(analysis|commentary|final)(?![^\\s<])"
                    + "|(?<![^\\s>])(?:assistant|json|code)(?![^\\s<])");

    static HarmonyHeader of(String text) {
        String channel = "";
        List<String> recipients = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        int end = 0;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            rest(text.substring(end, part.start()), rest);
            end = part.end();
            String named = part.group(1) != null ? part.group(1) : part.group(3);
            if (named != null) channel = named;
            String to = part.group(2);
            if (to != null && !to.isEmpty() && !to.equals("assistant")) recipients.add(to);
        }
        rest(text.substring(end), rest);
        return new HarmonyHeader(channel, List.copyOf(recipients), rest.toString());
    }

    private static void rest(String text, StringBuilder rest) {
        if (text.isBlank()) return;
        if (!rest.isEmpty()) rest.append(' ');
        rest.append(rest.isEmpty() ? text.stripLeading() : text.strip());
    }

    /** What the text behind it is. */
    Kind kind() {
        return channel.equals("analysis") ? Kind.THINKING : Kind.CONTENT;
    }
}
