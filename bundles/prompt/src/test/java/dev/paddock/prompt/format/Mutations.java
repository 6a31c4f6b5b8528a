package dev.paddock.prompt.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Answers as a confused model may write them: parts are missing, doubled or swapped, and marks of other families stand between. */
final class Mutations {
    private static final Pattern PARTS =
            Pattern.compile("<[^<>\\s]{1,40}>|\\[/?[A-Z_ ]{3,30}]|[\\p{L}\\p{N}_]+|\\s+|.", Pattern.DOTALL);
    private static final int MOST_CHANGES = 5;

    /** Marks of all families. */
    private static final List<String> MARKS = List.of(
            "<think>",
            "</think>",
            "<tool_call>",
            "</tool_call>",
            "<function=add>",
            "<parameter=a>",
            "</parameter>",
            "</function>",
            "<seed:tool_call>",
            "<minimax:tool_call>",
            "<invoke name=\"add\">",
            "<arg_key>",
            "<arg_value>",
            "</arg_value>",
            "<｜tool▁calls▁begin｜>",
            "<｜tool▁call▁begin｜>",
            "<｜tool▁sep｜>",
            "<|python_tag|>",
            "[TOOL_CALLS]",
            "[ARGS]",
            "[THINK]",
            "[/THINK]",
            "<|start|>assistant",
            "<|channel|>",
            "<|channel|>analysis",
            "<|constrain|>",
            "<|message|>",
            "<|end|>",
            "<|call|>",
            "<|START_ACTION|>",
            "<|END_ACTION|>",
            "<|START_RESPONSE|>",
            "<|tool_call|>",
            "<|/tool_call|>",
            "functools[",
            "<TOOLCALL>",
            "<|tool_calls_section_begin|>",
            "<|tool_call_begin|>",
            "<|tool_call_argument_begin|>",
            "<|tool_call>",
            "<tool_call|>",
            "<|\"|>",
            "<|channel>thought\n",
            "<channel|>",
            "<start_function_call>",
            "<escape>",
            "<|tool_call_start|>",
            "<function_calls>",
            ">>>",
            "<|recipient|>",
            "<|function_call|>",
            "<|tools_prefix|>",
            "```json\n",
            "```",
            "{",
            "}",
            "\"");

    private Mutations() {}

    /**
     * A text with a few changes.
     *
     * @param words takes the words that were put in: each comes once
     */
    static String of(String text, Random random, List<String> words) {
        List<String> parts = new ArrayList<>(
                PARTS.matcher(text).results().map(MatchResult::group).toList());
        for (int count = random.nextInt(4); count > 0; count--) {
            words.add("w" + (1000 + words.size()) + "x");
            parts.add(gap(parts, random), words.getLast());
        }
        for (int count = 1 + random.nextInt(MOST_CHANGES); count > 0; count--) change(parts, random);
        return String.join("", parts);
    }

    /** A place beside white space or a mark, where words may stand. */
    private static int gap(List<String> parts, Random random) {
        int from = random.nextInt(parts.size() + 1);
        for (int i = from; i < parts.size(); i++) {
            if (parts.get(i).isBlank()
                    || parts.get(i).length() > 1 && "<[".indexOf(parts.get(i).charAt(0)) >= 0) return i;
        }
        return parts.size();
    }

    private static void change(List<String> parts, Random random) {
        if (parts.isEmpty()) return;
        int at = random.nextInt(parts.size());
        int other = random.nextInt(parts.size());
        boolean word = isWord(parts.get(at)) || isWord(parts.get(other));
        switch (random.nextInt(4)) {
            case 0 -> {
                if (!isWord(parts.get(at))) parts.remove(at);
            }
            case 1 -> parts.add(other, word ? " " : parts.get(at));
            case 2 -> {
                if (!word) Collections.swap(parts, at, other);
            }
            default -> parts.add(at, MARKS.get(random.nextInt(MARKS.size())));
        }
    }

    private static boolean isWord(String part) {
        return part.matches("w\\d{4}x");
    }
}
