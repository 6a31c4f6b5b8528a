package dev.paddock.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.PromptInput;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A last message of the assistant, by Jinja templates: the prompt ends within it. */
class JinjaPrefillTest {
    private static final Message USER = new Message(Role.USER, "Hi");
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 5, 14, 5);

    /** Turns with an end, and with thoughts where a message has some. */
    private static final String TURNS = "{% for m in messages %}<{{ m.role }}>"
            + "{% if m.reasoning_content %}<think>\n{{ m.reasoning_content }}\n</think>\n\n{% endif %}"
            + "{{ m.content | trim }}<end>{% endfor %}{% if add_generation_prompt %}<assistant>";

    private static final String WITHOUT_SWITCH = TURNS + "{% endif %}";
    private static final String WITH_SWITCH = TURNS
            + "{% if enable_thinking is defined %}"
            + "{{ '<think>\n' if enable_thinking else '<think></think>' }}{% endif %}{% endif %}";
    /** Takes thoughts for none of its business. */
    private static final String THOUGHTLESS =
            "{% for m in messages %}<{{ m.role }}>{{ m.content }}<end>{% endfor %}{% if add_generation_prompt %}<assistant>";

    private static Message begun(String thinking, String content) {
        return new Message(Role.ASSISTANT, content, thinking, List.of(), "", "");
    }

    private static String prompt(String template, Think think, Message... messages) {
        var input = new PromptInput(List.of(messages), List.of(), think, "", "");
        return JinjaPrompt.parse(template).render(input, NOW);
    }

    private static String prompt(String template, Message begun) {
        return prompt(template, Think.UNSET, USER, begun);
    }

    @Test
    void thePromptEndsInsideTheMessage() {
        assertThat(prompt(WITHOUT_SWITCH, begun("", "The capital is ")))
                .isEqualTo("<user>Hi<end><assistant>The capital is ");
        assertThat(prompt(WITHOUT_SWITCH, begun("Let me see.", "The capital")))
                .isEqualTo("<user>Hi<end><assistant><think>\nLet me see.\n</think>\n\nThe capital");
        assertThat(prompt(WITHOUT_SWITCH, begun("Let me", ""))).isEqualTo("<user>Hi<end><assistant><think>\nLet me");
    }

    @Test
    void nothingIsBegunByOthersOrByCallsOrByNothing() {
        assertThat(prompt(WITHOUT_SWITCH, Think.UNSET, USER)).endsWith("<end><assistant>");
        assertThat(prompt(WITHOUT_SWITCH, begun("", ""))).endsWith("<end><assistant>");
        var call = RealTemplate.call("call_1", "", "Paris");
        assertThat(prompt(WITHOUT_SWITCH, call)).endsWith("<end><assistant>");
    }

    @Test
    void anEmptyThoughtOfTheOpeningStays() {
        assertThat(prompt(WITH_SWITCH, Think.OFF, USER, begun("", "The")))
                .isEqualTo("<user>Hi<end><assistant><think></think>The");
        assertThat(prompt(WITH_SWITCH, Think.ON, USER, begun("", "The"))).isEqualTo("<user>Hi<end><assistant>The");
        assertThat(prompt(WITH_SWITCH, Think.ON, USER, begun("Hm", ""))).endsWith("<assistant><think>\nHm");
    }

    @Test
    void aThoughtMayBeBegunInTheContent() {
        assertThat(prompt(WITHOUT_SWITCH, begun("", "<think>Let me"))).endsWith("<assistant><think>\nLet me");
        assertThat(prompt(WITHOUT_SWITCH, begun("", "<think>\n"))).endsWith("<assistant><think>\n");
        assertThat(prompt(WITHOUT_SWITCH, begun("", "<think>Let me</think>So")))
                .endsWith("<assistant><think>\nLet me\n</think>\n\nSo");
        assertThat(prompt(THOUGHTLESS + "{% endif %}", begun("", "<think>\nLet me")))
                .endsWith("<assistant><think>\nLet me");
    }

    @Test
    void thoughtsGoOnWhereOnlyTheOpeningHasAMarkForThem() {
        String opening = THOUGHTLESS + "<think>\n{% endif %}";
        assertThat(prompt(opening, begun("Let me", ""))).endsWith("<assistant><think>\nLet me");
        assertThat(prompt(opening, begun("Let me see.", "It is")))
                .endsWith("<assistant><think>\nLet me see.\n</think>\n\nIt is");
    }

    @Test
    void withoutAPlaceForThoughtsNoneCanBeContinued() {
        assertThatThrownBy(() -> prompt(THOUGHTLESS + "{% endif %}", begun("Let me", "")))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(Fault.UNSUPPORTED))
                .hasMessageContaining("none can be continued");
    }

    @Test
    void aTemplateThatRefusesALastAnswerIsOpenedAndFollowed() {
        String refusing = "{% if messages[-1].role == 'assistant' %}{{ raise_exception('user!') }}{% endif %}"
                + THOUGHTLESS + "{% endif %}";
        assertThat(prompt(refusing, begun("", "The"))).isEqualTo("<user>Hi<end><assistant>The");
    }

    /** The system's words are put into the user's turn, since the template drops them; there it refuses these. */
    @Test
    void whatIsRefusedAsItWasPutIsTriedAsItIs() {
        String picky = "{% for m in messages if m.role != 'system' %}{% if 'secret' in m.content %}"
                + "{{ raise_exception('no ' ~ m.content) }}{% endif %}{{ m.content }}{% endfor %}";
        var system = new Message(Role.SYSTEM, "secret");
        assertThat(prompt(picky, Think.UNSET, system, USER)).isEqualTo("Hi");
        assertThatThrownBy(() -> prompt(picky, Think.UNSET, system, new Message(Role.USER, "a secret")))
                .hasMessage("no a secret");
    }

    @Test
    void everyRealTemplateEndsWithWhatIsBegun() {
        List<String> problems = new ArrayList<>();
        for (var template : RealTemplate.all()) {
            for (var think : List.of(Think.UNSET, Think.ON, Think.OFF)) {
                var input = new PromptInput(
                        List.of(USER, begun("", "The capital of France is ")), List.of(), think, "<s>", "</s>");
                String prompt = template.prompt(input);
                boolean once = prompt.indexOf("The capital") == prompt.lastIndexOf("The capital");
                if (!once || !prompt.endsWith("The capital of France is ")) {
                    problems.add(template.name() + " " + think + ": " + prompt);
                }
            }
        }
        assertThat(problems).isEmpty();
    }
}
