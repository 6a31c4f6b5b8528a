package dev.paddock.prompt.format;

import java.util.ArrayList;
import java.util.List;

/** {@link CallsContract} for families that write JSON arrays of calls between marks. */
abstract class JsonCallsContract extends CallsContract {
    /** What ends a row of calls; empty when nothing does. */
    abstract String closing();

    String nameKey() {
        return "name";
    }

    String argumentsKey() {
        return "arguments";
    }

    /** One object of the array. */
    String object(String name, String json) {
        return "{\"" + nameKey() + "\": \"" + name + "\", \"" + argumentsKey() + "\": " + json + "}";
    }

    @Override
    String call(String name, String json) {
        return calls(name, json);
    }

    @Override
    String calls(String... each) {
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < each.length; i += 2) objects.add(object(each[i], each[i + 1]));
        return opening() + "[" + String.join(", ", objects) + "]" + closing();
    }

    /** Cases that arrays have in common. */
    List<Case> arrays() {
        String add = object("add", "{\"a\": 1}");
        String now = object("now", "{}");
        return List.of(
                row("one object, no array", opening() + add + closing() + "ok", "[!]add{\"a\":1}[C]ok"),
                row(
                        "a comma is missing",
                        opening() + "[" + add + " " + now + "]" + closing(),
                        "[!]add{\"a\":1}[!]now{}"),
                row(
                        "a comma too much",
                        opening() + "[" + add + ",\n" + now + ",]" + closing(),
                        "[!]add{\"a\":1}[!]now{}"),
                row("the bracket is missing", opening() + "[" + add + closing() + " ok", "[!]add{\"a\":1}[C]ok"),
                row("white space in the array", opening() + "\n[\n  " + add + "\n]\n" + closing(), "[!]add{\"a\":1}"),
                row("an empty array is text", opening() + "[]" + closing(), "[C]" + opening() + "[]" + closing()),
                row("a fence around it", opening() + "\n```json\n[" + add + "]\n```\n" + closing(), "[!]add{\"a\":1}"),
                row(
                        "an unknown tool behind a known one",
                        opening() + "[" + add + ", " + object("nobody", "{}") + "]",
                        "[!]add{\"a\":1}[C], " + object("nobody", "{}") + "]"));
    }
}
