package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.OutputPiece;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What both families of Gemma with calls must do; only their marks differ. */
abstract class GemmaContract extends FormatContract {
    /** {@code ⟦} and {@code ⟧} stand for the marks around calls, {@code %} for that of strings. */
    private static final List<Case> CASES = List.of(
            row("text", "Hello {there}.\n", "[C]Hello {there}.\n"),
            called("a number", "add{a:1,b:-2.5}", "[!]add{\"a\":1,\"b\":-2.5}"),
            called("no arguments", "now{}", "[!]now{}"),
            called("a string", "weather{city:%Paris \"FR\" <x>%}", "[!]weather{\"city\":\"Paris \\\"FR\\\" <x>\"}"),
            called("words", "weather{exact:true,where:null}", "[!]weather{\"exact\":true,\"where\":null}"),
            called("words of Python", "weather{exact:True,where:None}", "[!]weather{\"exact\":true,\"where\":null}"),
            called("a list", "weather{tags:[%a%,%b, c%]}", "[!]weather{\"tags\":[\"a\",\"b, c\"]}"),
            called(
                    "objects in objects",
                    "weather{where:{x:{y:[1,{z:%}%}]},w:2},days:3}",
                    "[!]weather{\"where\":{\"x\":{\"y\":[1,{\"z\":\"}\"}]},\"w\":2},\"days\":3}"),
            called("empty objects and lists", "weather{tags:[],where:{}}", "[!]weather{\"tags\":[],\"where\":{}}"),
            called(
                    "lines and backslashes in a string",
                    "write_file{path:%C:\\new%,text:%a\n\tb%}",
                    "[!]write_file{\"path\":\"C:\\\\new\",\"text\":\"a\\n\\tb\"}"),
            called("brackets and marks in a string", "write_file{text:%}{⟧%}", "[!]write_file{\"text\":\"}{⟧\"}"),
            called("blanks everywhere", " add {\n a : 1 ,\n b : 2 }\n", "[!]add{\"a\":1,\"b\":2}"),
            called("a number that is to be text", "weather{city:75001}", "[!]weather{\"city\":\"75001\"}"),
            called(
                    "a string that nothing marks",
                    "weather{city:New York,days:2}",
                    "[!]weather{\"city\":\"New York\",\"days\":2}"),
            called(
                    "a comma in such a string",
                    "weather{city:Paris, France,days:2}",
                    "[!]weather{\"city\":\"Paris, France\",\"days\":2}"),
            called(
                    "the mark before a string is missing",
                    "weather{city:Paris%,days:2}",
                    "[!]weather{\"city\":\"Paris\",\"days\":2}"),
            called(
                    "common quotes",
                    "weather{city:\"New \\\"York\\\"\",days:2}",
                    "[!]weather{\"city\":\"New \\\"York\\\"\",\"days\":2}"),
            called(
                    "single quotes",
                    "weather{city:'a, {b}: it's c',days:2}",
                    "[!]weather{\"city\":\"a, {b}: it's c\",\"days\":2}"),
            called("a quote and the mark", "weather{city:'Paris%,days:2}", "[!]weather{\"city\":\"Paris\",\"days\":2}"),
            called("quoted keys", "add{\"a\":1,%b%:2}", "[!]add{\"a\":1,\"b\":2}"),
            called("equals signs", "weather{city='Rome',days=2}", "[!]weather{\"city\":\"Rome\",\"days\":2}"),
            called(
                    "parentheses",
                    "weather(city='Rome', tags=[%a)%])",
                    "[!]weather{\"city\":\"Rome\",\"tags\":[\"a)\"]}"),
            called("a name in a name space", "google:mcp:add{a:1}", "[!]add{\"a\":1}"),
            called(
                    "missing and trailing commas",
                    "weather{city:%a%days:2,tags:[1,],}",
                    "[!]weather{\"city\":\"a\",\"days\":2,\"tags\":[1]}"),
            called("a key without a value", "weather{city:,days:2}", "[!]weather{\"city\":null,\"days\":2}"),
            row("two calls and text", "a\n⟦call:now{}⟧⟦call:add{a:1}⟧\nb", "[C]a[!]now{}[!]add{\"a\":1}[C]b"),
            row("no closing mark", "⟦call:add{a:1} and so on", "[!]add{\"a\":1}[C]and so on"),
            row("JSON between the marks", "⟦call\n{\"name\": \"add\", \"arguments\": {\"a\": 1}}⟧", "[!]add{\"a\":1}"),
            row("an unknown tool", "⟦call:nobody{a:1}⟧ x", "[C]⟦call:nobody{a:1}⟧ x"),
            row("the mark alone", "⟦", "[C]⟦"),
            row("the mark in text", "Use ⟦ for calls.", "[C]Use ⟦ for calls."),
            row("the mark in code", "`⟦call:now{}⟧`", "[C]`⟦call:now{}⟧`"),
            row("no object", "⟦call:add⟧", "[C]⟦call:add⟧"),
            row("cut off in a string", "⟦call:write_file{text:%unfin", "[?]write_file ⟦call:write_file{text:%unfin"),
            row("cut off in a name", "⟦call:wri", "[C]⟦call:wri"),
            row("cut off in a key", "⟦call:add{a:1,b", "[?]add ⟦call:add{a:1,b"),
            row("brackets that do not fit", "⟦call:add{a:1]⟧x", "[?]add ⟦call:add{a:1[C]]⟧x"));

    abstract String opening();

    abstract String closing();

    abstract String quote();

    @Override
    List<String> bits() {
        return List.of(
                opening(),
                closing(),
                quote(),
                opening().substring(0, 5),
                quote().substring(0, 2),
                "call:add{",
                "call:weather{",
                "call:nobody{",
                "call:now(",
                "city:",
                "days=",
                "tags:[",
                "where:{",
                "1",
                "true",
                "\"",
                "'",
                "\\",
                "}",
                "]",
                ")",
                ",",
                " ",
                "\n",
                "`",
                "{\"name\": \"add\", \"arguments\": {",
                call("add{a:1}"));
    }

    /** A call as the model writes it, {@code %} standing for the mark of strings. */
    final String call(String text) {
        return marked("⟦call:" + text + "⟧");
    }

    private String marked(String text) {
        return text.replace("⟦", opening()).replace("⟧", closing()).replace("%", quote());
    }

    private static Case called(String title, String text, String expected) {
        return row(title, "⟦call:" + text + "⟧", expected);
    }

    @Override
    List<Case> cases() {
        return CASES.stream()
                .map(row -> row(row.title(), marked(row.answer()), marked(row.expected())))
                .toList();
    }

    @Test
    void stringsAreGivenOutWhileTheyCome() {
        var parser = format().parser(new AnswerStart(signs(), "", TOOLS));
        assertThat(parser.accept(opening() + "call:write_file{text:" + quote() + "Once"))
                .endsWith(new OutputPiece.CallArguments(0, "{\"text\":\"Once"));
        assertThat(parser.accept(" upon" + quote().charAt(0)))
                .containsExactly(new OutputPiece.CallArguments(0, " upon"));
    }
}
