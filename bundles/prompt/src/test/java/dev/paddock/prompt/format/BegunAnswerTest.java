package dev.paddock.prompt.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.AnswerStart;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.prompt.GoFormat;
import dev.paddock.prompt.grammar.GbnfGrammars;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Answers that go on with what the assistant has begun: nothing is dropped at the seam, or taken for something else. */
class BegunAnswerTest {
    private static final ModelSigns SIGNS = ModelSigns.of(new ChatTemplate(Language.JINJA, ""));
    private static final String GO =
            "{{ range .Messages }}{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}{{ .Content }}{{ end }}{{ .Tools }}";

    private static Message begun(String thinking, String content) {
        return new Message(Role.ASSISTANT, content, thinking, List.of(), "", "");
    }

    private static AnswerStart start(ModelSigns signs, String prompt, Message begun) {
        return new AnswerStart(signs, prompt, List.of(), true, Optional.of(begun));
    }

    private static String read(ChatFormat format, AnswerStart start, String answer) {
        return Answers.shown(Answers.feed(format.parser(start), List.of(answer)));
    }

    @Test
    void blanksAtTheSeamAreText() {
        var content = start(SIGNS, "assistant\n<think>\n\n</think>\n\nIt is", begun("", "It is"));
        assertThat(read(new HermesFormat(), content, " Paris.\n")).isEqualTo("[C] Paris.\n");
        var thought = start(SIGNS, "assistant\n<think>\nLet", begun("Let", ""));
        assertThat(read(new HermesFormat(), thought, " me see.\n</think>\n\nParis."))
                .isEqualTo("[T] me see.[C]Paris.");
    }

    @Test
    void aThoughtMayBeBegunInTheContent() {
        var thought = start(SIGNS, "assistant\n<think>\nLet", begun("", "<think>\nLet"));
        assertThat(read(new HermesFormat(), thought, " me.</think>So.")).isEqualTo("[T] me.[C]So.");
        var content = start(SIGNS, "assistant\n<think>\nA\n</think>\n\nIt", begun("", "<think>A</think>It"));
        assertThat(read(new HermesFormat(), content, " is.")).isEqualTo("[C] is.");
    }

    @Test
    void contentThatIsBegunHasNoThoughtsBeforeIt() {
        var grammar = new GbnfGrammars().begin();
        var content = start(SIGNS, "assistant\nIt is", begun("", "It is"));
        String rule = grammar.rule("content", "\"x\"");
        assertThat(new HermesFormat().answer(grammar, content, rule)).isEqualTo(rule);
        var thought = start(SIGNS, "assistant\n<think>\nLet", begun("Let", ""));
        String answer = new HermesFormat().answer(grammar, thought, rule);
        assertThat(answer).isNotEqualTo(rule);
        assertThat(grammar.text(answer)).contains("</think>").doesNotContain("\"<think>\"");
    }

    @Test
    void messagesWithHeadersGoOnInTheirText() {
        String header = "<|start|>assistant<|channel|>final<|message|>";
        assertThat(read(new HarmonyFormat(), start(SIGNS, header + "It is", begun("", "It is")), " Paris."))
                .isEqualTo("[C] Paris.");
        String glimmer = "<|start|>assistant to=user<|message|>";
        assertThat(read(new GlimmerFormat(), start(SIGNS, glimmer + "It is", begun("", "It is")), " Paris."))
                .isEqualTo("[C] Paris.");
        String self = "<|start|>assistant to=self<|message|>";
        assertThat(read(
                        new GlimmerFormat(),
                        start(SIGNS, self + "Let", begun("Let", "")),
                        " me.<|eom|><|start|>assistant to=user<|message|>So."))
                .isEqualTo("[T] me.[C]So.");
        String all = "<|start_header_id|>assistant<|end_header_id|>\n\n>>>all\nIt is";
        var functionary = start(SIGNS, all, begun("", "It is"));
        assertThat(read(new Functionary32Format(), functionary, " Paris.")).isEqualTo("[C] Paris.");
        var grammar = new GbnfGrammars().begin();
        String rule = grammar.rule("content", "\"x\"");
        assertThat(new Functionary32Format().answer(grammar, functionary, rule)).isEqualTo(rule);
    }

    @Test
    void tagsOfGoTemplatesAreKnownToBeOpen() {
        var signs = ModelSigns.of(new ChatTemplate(Language.GO, GO));
        assertThat(read(new GoFormat(), start(signs, "Hi<think>Let", begun("Let", "")), " me.</think>So."))
                .isEqualTo("[T] me.[C]So.");
        assertThat(read(new GoFormat(), start(signs, "HiIt", begun("", "It")), " is <think>."))
                .isEqualTo("[C] is <think>.");
    }

    /** Its templates look for thoughts in the content; one that is begun must not be closed. */
    @Test
    void mistralsThoughtStaysOpen() {
        var signs = ModelSigns.of(new ChatTemplate(Language.JINJA, "[TOOL_CALLS][ARGS][THINK]"));
        var user = new Message(Role.USER, "Hi");
        var input = new PromptInput(List.of(begun("Let", ""), user, begun("Let", "")), List.of(), Think.UNSET, "", "");
        assertThat(new MistralFormat().prepare(signs, input).messages())
                .extracting(Message::content)
                .containsExactly("[THINK]Let[/THINK]", "Hi", "[THINK]Let");
    }
}
