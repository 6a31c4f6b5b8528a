package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.model.Capability;
import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.OutputParser;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.prompt.ThoughtMarks;
import dev.paddock.api.prompt.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers read by the tags of a Go template: whole, character by character, and in random pieces. */
class GoParserTest {
    private static final List<Tool> TOOLS =
            List.of(new Tool("add", Map.of()), new Tool("add_all", Map.of()), new Tool("now", Map.of()));

    private final GoFormat format = new GoFormat();

    private static ChatTemplate template(String toolTag) {
        return new ChatTemplate(
                Language.GO,
                "{{ range .Messages }}{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}"
                        + "{{ if .ToolCalls }}" + toolTag
                        + "{{ range .ToolCalls }}{{ .Function.Arguments }}{{ end }}{{ end }}"
                        + "{{ end }}{{ .Tools }}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '\u0000', textBlock = """
                    <c>  # Hello there.                                                     # C Hello there.
                    <c>  # <think>Hm. So.</think>¶¶Yes.                                      # T Hm. So. / C Yes.
                    <c>  # ¶ <think>¶Hm.¶</think>                                            # T Hm.
                    <c>  # <think>never closed                                              # T never closed
                    <c>  # <thin ice                                                        # C <thin ice
                    <c>  # 1 <think>2</think>                                               # C 1 <think>2</think>
                    <c>  # <c>{"name": "add", "arguments": {"a": 1}}</c>                     # add {a=1}
                    <c>  # Sure.¶<c>¶{"name": "add", "parameters": {"a": "}"}}¶</c> Done.     # C Sure. / add {a=}} / C Done.
                    <c>  # <think>x</think><c>{"name": "now"}</c><c>{"name":"add","arguments":"{}"}</c> # T x / now {} / add {}
                    <c>  # <c>{"name": "nope", "arguments": {}}</c> ok                       # C <c>{"name": "nope", "arguments": {}}</c> ok
                    <c>  # a <c b <c                                                        # C a <c b <c
                    <c>  # say <c> and go                                                   # C say <c> and go
                    <c>  # <c>{"name": "add", "arguments": {"a"                              # C <c>{"name": "add", "arguments": {"a"
                    <c>  # <c>{"x": 1} <c>{"name": "now", "arguments": {}}                   # C <c>{"x": 1} / now {}
                    [T]  # [T][{"name": "add", "arguments": {}}, {"name": "now", "arguments": {}}] # add {} / now {}
                    [T]  # [T] add {"a": 1}                                                 # add {a=1}
                    [T]  # [T]add_all[ARGS]{"a": [1]}                                       # add_all {a=[1]}
                    [T]  # [T]madder {"a": 1}                                               # C [T]madder {"a": 1}
                    <｜b｜> # <｜b｜><｜s｜>function<｜sep｜>add¶```json¶{"a": 1}¶```<｜e｜><｜s｜>function<｜sep｜>now¶```json¶{}¶```<｜e｜><｜end｜> # add {a=1} / now {}
                    Action: ```json # Action: ```json¶[{"tool_name": "add", "parameters": {"a": 1}}]``` # add {a=1}
                    {    # {"name": "add", "parameters": {"a": 1}}                          # add {a=1}
                    {    # ¶{"type": "function", "function": {"name": "now", "arguments": {}}} # now {}
                    {    # {"name": "add", "parameters": {}}; {"name": "now", "parameters": {}} # add {} / now {}
                    {    # {"answer": 42}                                                   # C {"answer": 42}
                    {    # The object {"name": "add", "arguments": {}}                      # C The object {"name": "add", "arguments": {}}
                    {    # {"name": "add"                                                   # C {"name": "add"
                    [    # [{"name": "add", "arguments": {"a": 1}}]                         # add {a=1}
                    [    # [1, 2]                                                           # C [1, 2]
                    """)
    void answersAreReadInWhateverPiecesTheyCome(String tag, String answer, String expected) {
        var template = template(tag.strip());
        String text = answer.strip().replace('¶', '\n');
        String wanted = expected.strip().replace('¶', '\n');
        assertThat(read(template, List.of(text))).isEqualTo(wanted);
        assertThat(read(template, List.of(text.split("")))).isEqualTo(wanted);
        Random random = new Random(5);
        for (int i = 0; i < 200; i++)
            assertThat(read(template, pieces(text, random))).isEqualTo(wanted);
    }

    private String read(ChatTemplate template, List<String> pieces) {
        return shown(format.parser(new AnswerStart(ModelSigns.of(template), "", TOOLS)), pieces);
    }

    private static List<String> pieces(String text, Random random) {
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(9));
            pieces.add(text.substring(at, end));
            at = end;
        }
        return pieces;
    }

    private static String shown(OutputParser parser, List<String> pieces) {
        List<OutputPiece> all = new ArrayList<>();
        pieces.forEach(piece -> all.addAll(parser.accept(piece)));
        all.addAll(parser.finish());
        StringBuilder shown = new StringBuilder();
        Class<?> last = null;
        for (var piece : all) {
            if (piece instanceof OutputPiece.CallBegun || piece instanceof OutputPiece.CallArguments) continue;
            boolean goesOn = piece.getClass() == last && !(piece instanceof OutputPiece.Call);
            if (!goesOn && last != null) shown.append(" / ");
            last = piece.getClass();
            shown.append(
                    switch (piece) {
                        case OutputPiece.Content(String text) -> (goesOn ? "" : "C ") + text;
                        case OutputPiece.Thinking(String text) -> (goesOn ? "" : "T ") + text;
                        case OutputPiece.Call call ->
                            call.call().name() + " " + call.call().arguments();
                        default -> throw new AssertionError(piece);
                    });
        }
        return shown.toString();
    }

    @Test
    void anAnswerMayBeginInsideAThought() {
        var template = template("<c>");
        assertThat(shown(
                        format.parser(new AnswerStart(ModelSigns.of(template), "...<think>\n", TOOLS)),
                        List.of("Hm.</think>Yes.")))
                .isEqualTo("T Hm. / C Yes.");
        assertThat(shown(
                        format.parser(new AnswerStart(ModelSigns.of(template), "...", TOOLS)),
                        List.of("Hm.</think>Yes.")))
                .isEqualTo("C Hm.</think>Yes.");
    }

    @Test
    void withoutToolsNoCallsAreLookedFor() {
        String call = "<c>{\"name\": \"add\", \"arguments\": {}}";
        assertThat(shown(format.parser(new AnswerStart(ModelSigns.of(template("<c>")), "", List.of())), List.of(call)))
                .isEqualTo("C " + call);
    }

    @Test
    void textIsGivenOutWhileItComes() {
        var parser = format.parser(new AnswerStart(ModelSigns.of(template("<c>")), "", TOOLS));
        assertThat(parser.accept("Hello")).containsExactly(new OutputPiece.Content("Hello"));
        assertThat(parser.accept(" <")).isEmpty();
        assertThat(parser.accept("x")).containsExactly(new OutputPiece.Content(" <x"));
    }

    @Test
    void aTagWithNothingBehindItIsGivenBackBeforeTheEnd() {
        var parser = format.parser(new AnswerStart(ModelSigns.of(template("<c>")), "", TOOLS));
        assertThat(parser.accept("<c>")).isEmpty();
        assertThat(parser.accept("word ".repeat(200))).isNotEmpty();
    }

    @Test
    void whatAModelCanDoStandsInItsTemplate() {
        assertThat(format.capabilities(ModelSigns.of(template("<c>"))))
                .containsExactly(Capability.TOOLS, Capability.THINKING);
        assertThat(format.capabilities(ModelSigns.of(new ChatTemplate(Language.GO, "{{ .Prompt }}{{ .Suffix }}"))))
                .containsExactly(Capability.INSERT);
        assertThat(format.accepts(ModelSigns.of(new ChatTemplate(Language.JINJA, "{{ messages }}"))))
                .isFalse();
        assertThat(format.accepts(ModelSigns.of(new ChatTemplate(Language.GO, "{{ if }}"))))
                .isFalse();
    }

    @Test
    void randomAnswersLoseNothing() {
        String[] bits = {
            "<c>", "</c>", "<think>", "</think>", "{", "}", "\"", "name", ":", "add", " ", "\n", "x", "[", "]", "\\"
        };
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder answer = new StringBuilder("x");
            for (int j = random.nextInt(20); j > 0; j--) answer.append(bits[random.nextInt(bits.length)]);
            String shown = shown(
                    format.parser(new AnswerStart(ModelSigns.of(template("<c>")), "", TOOLS)),
                    pieces(answer.toString(), random));
            if (!shown.contains("add {")) assertThat(shown).isEqualTo("C " + answer);
        }
    }

    @Test
    void whereATemplateDoesNotKnowToolsTheyAreWrittenIntoItsMessages() {
        var signs = ModelSigns.of(
                new ChatTemplate(
                        Language.GO,
                        "{{ range .Messages }}{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}{{ end }}"));
        var input = new PromptInput(List.of(new Message(Role.USER, "1 + 1?")), TOOLS, Think.UNSET, "", "");
        var prepared = format.prepare(signs, input);
        assertThat(prepared.tools()).isEmpty();
        assertThat(prepared.messages().getFirst().content()).contains("{\"name\": \"the tool's name\"");
        assertThat(format.thoughts(signs)).contains(new ThoughtMarks("<think>", "</think>"));
        assertThat(shown(
                        format.parser(new AnswerStart(signs, "", TOOLS)),
                        List.of("<think>Sum.</think>{\"name\": \"add\", \"arguments\": {\"a\": 1}}")))
                .isEqualTo("T Sum. / add {a=1}");
    }

    @Test
    void aTemplateThatKnowsToolsGetsThem() {
        var signs = ModelSigns.of(template("<c>"));
        var input = new PromptInput(List.of(new Message(Role.USER, "1 + 1?")), TOOLS, Think.UNSET, "", "");
        assertThat(format.prepare(signs, input)).isSameAs(input);
    }
}
