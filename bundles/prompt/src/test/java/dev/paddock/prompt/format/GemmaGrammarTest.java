package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolChoice;
import dev.paddock.prompt.json.JsonReader;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class GemmaGrammarTest {
    private static final ToolChoice REQUIRED = new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(), true, true);

    private final SimpleGrammar grammar = new SimpleGrammar();

    /** What the arguments of a schema may be, strings between {@code %}. */
    private Predicate<String> object(String schema) {
        String rule =
                new GemmaGrammar(grammar, "%").object(JsonReader.object(schema).orElseThrow(), 0);
        var gbnf = Gbnf.of(grammar.text(rule));
        return text -> gbnf.matches(rule, text);
    }

    @Test
    void eachTypeHasItsValues() {
        assertThat(object("""
                {"properties": {"s": {"type": "string"}, "i": {"type": "integer"}, "n": {"type": "number"},
                                "b": {"type": "boolean"}, "z": {"type": "null"}}}
                """))
                .accepts("{s:%xyz%}", "{i:-12}", "{n:0.5}", "{b:true}", "{z:null}")
                .rejects("{s:xyz}", "{s:1}", "{i:1.5}", "{i:01}", "{n:x}", "{b:True}", "{z:0}", "{s:\"x\"}");
    }

    @Test
    void keysComeInTheOrderOfTheAlphabetAndThoseRequiredMustBeThere() {
        assertThat(object("""
                {"properties": {"c": {"type": "integer"}, "a": {"type": "integer"}, "b": {"type": "integer"}}, "required": ["b"]}
                """))
                .accepts("{b:1}", "{a:1,b:2}", "{b:1,c:2}", "{a:1,b:2,c:3}")
                .rejects("{}", "{a:1}", "{c:1}", "{a:1,c:2}", "{b:1,a:2}", "{,b:1}", "{b:1,}", "{b:1,d:2}");
    }

    @Test
    void nothingNeedBeThereUnlessItIsRequired() {
        assertThat(object("{\"properties\": {\"a\": {\"type\": \"integer\"}, \"b\": {\"type\": \"integer\"}}}"))
                .accepts("{}", "{a:1}", "{b:1}", "{a:1,b:2}")
                .rejects("{a:1b:2}");
        assertThat(object("{}")).accepts("{}").rejects("{a:1}");
    }

    @Test
    void valuesMayBeListedAndNested() {
        assertThat(object("""
                {"properties": {"e": {"enum": ["x", 2, null]}, "k": {"const": "y"},
                                "l": {"type": "array", "items": {"type": "integer"}},
                                "o": {"type": "object", "properties": {"p": {"type": "string"}}, "required": ["p"]}}}
                """))
                .accepts("{e:%x%}", "{e:2}", "{e:null}", "{k:%y%}", "{l:[]}", "{l:[1,2]}", "{o:{p:%x%}}")
                .rejects("{e:%y%}", "{e:x}", "{k:%x%}", "{l:[%x%]}", "{o:{}}", "{o:{q:1}}");
    }

    @Test
    void whatASchemaLeavesOpenIsAnyScalarOrListOfThem() {
        assertThat(object("{\"properties\": {\"a\": {\"anyOf\": []}, \"o\": {\"type\": \"object\"}}}"))
                .accepts("{a:%x%}", "{a:1.5}", "{a:[true,%y%]}", "{o:{}}", "{o:{key:1,k:[%x%]}}");
    }

    @Test
    void whatTheGrammarWritesIsReadAsCalls() {
        var random = new Random(9);
        for (var format : List.of(new Gemma4Format(), new FunctionGemmaFormat())) {
            var signs = ModelSigns.of(new ChatTemplate(ChatTemplate.Language.JINJA, ""));
            var start = new AnswerStart(signs, "", FormatContract.TOOLS);
            String rule = format.calls(grammar, start, REQUIRED).orElseThrow();
            var gbnf = Gbnf.of(grammar.text(rule));
            for (int i = 0; i < 300; i++) {
                String answer = gbnf.random(rule, random);
                var read = Answers.feed(format.parser(start), List.of(answer));
                assertThat(read).as(answer).anyMatch(OutputPiece.Call.class::isInstance);
                assertThat(read)
                        .as(answer)
                        .noneMatch(piece ->
                                piece instanceof OutputPiece.CallBroken || piece instanceof OutputPiece.Content);
            }
        }
    }
}
