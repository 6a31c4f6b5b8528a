package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.inference.AnswerForm;
import dev.paddock.api.inference.CompletionRequest;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.model.Options;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.Filling;
import dev.paddock.api.prompt.Message;
import dev.paddock.api.prompt.Role;
import dev.paddock.api.prompt.Think;
import dev.paddock.api.security.Asker;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Gaps to be filled, and templates that a request brings. */
class FillTest {
    private static final ChatTemplate GO =
            new ChatTemplate(ChatTemplate.Language.GO, "<PRE>{{ .Prompt }}<SUF>{{ .Suffix }}");

    private final Desk desk = new Desk();

    private EventStream fill(String prompt, String suffix, Optional<String> template) {
        var request = new CompletionRequest(
                "m",
                prompt,
                Optional.of("Be brief."),
                false,
                List.of(),
                Think.UNSET,
                AnswerForm.FREE,
                Options.NONE,
                Optional.empty(),
                suffix,
                template);
        return desk.inference.complete(request, Asker.LOCAL);
    }

    @Test
    void aGapIsFilledByATemplateThatHasAPlaceForIt() {
        desk.filling = Optional.of(new Filling.ByTemplate(GO));
        LeasedInferenceTest.drain(fill("before", "<|im_end|>behind", Optional.empty()));

        var input = desk.rendered.getFirst();
        assertThat(input.messages()).containsExactly(new Message(Role.USER, "before"));
        assertThat(desk.templates).containsExactly(GO);
        assertThat(input.suffix()).endsWith("behind").doesNotContain("<|im_end|>");
    }

    @Test
    void elseByTheTokensThatTheModelHasForIt() {
        desk.filling = Optional.of(new Filling.ByTokens("<|im_start|>", "<|im_end|>", "</s>", false));
        LeasedInferenceTest.drain(fill("before", "behind", Optional.empty()));

        assertThat(desk.engine.prompts()).containsExactly("<|im_start|>before<|im_end|>behind</s>");
        assertThat(desk.rendered).isEmpty();
    }

    @Test
    void inTheOrderThatTheModelWants() {
        desk.filling = Optional.of(new Filling.ByTokens("<|im_start|>", "<|im_end|>", "", true));
        LeasedInferenceTest.drain(fill("before", "behind", Optional.empty()));
        assertThat(desk.engine.prompts()).containsExactly("<|im_end|>behind<|im_start|>before");
    }

    @Test
    void aModelWithNeitherRefuses() {
        LeasedInferenceTest.fails(
                Fault.UNSUPPORTED,
                "m:latest does not support insert",
                () -> fill("before", "behind", Optional.empty()));
    }

    @Test
    void aRequestMayBringItsTemplate() {
        LeasedInferenceTest.drain(fill("before", "behind", Optional.of("{{ .Prompt }}{{ .Suffix }}")));
        LeasedInferenceTest.drain(fill("hello", "", Optional.of("{{ .Prompt }}")));

        assertThat(desk.templates)
                .containsExactly(
                        new ChatTemplate(ChatTemplate.Language.GO, "{{ .Prompt }}{{ .Suffix }}"),
                        new ChatTemplate(ChatTemplate.Language.GO, "{{ .Prompt }}"));
        assertThat(desk.rendered.getLast().messages())
                .containsExactly(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "hello"));
    }
}
