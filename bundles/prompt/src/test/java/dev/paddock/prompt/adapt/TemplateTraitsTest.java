package dev.paddock.prompt.adapt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.prompt.Role;
import dev.paddock.prompt.adapt.CallForm.NoContent;
import dev.paddock.prompt.jinja.JinjaTemplate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TemplateTraitsTest {
    private static final CallForm USUAL = CallForm.USUAL;

    private static TemplateTraits of(String template) {
        return TemplateTraits.of(JinjaTemplate.parse(template));
    }

    /** Traits of a template that writes roles, contents and results, and in between what is given. */
    private static CallForm calls(String ofMessage) {
        return of("{% for m in messages %}[{{ m.role }}]" + ofMessage + "{% endfor %}")
                .calls()
                .orElseThrow();
    }

    @Test
    void aTemplateThatTakesEverythingGetsTheUsualForms() {
        var traits = of("{% for m in messages %}[{{ m.role }}]{{ m.content }}"
                + "{% for c in m.tool_calls %}{{ c.function | tojson }}{% endfor %}{% endfor %}");
        assertThat(traits).isEqualTo(TemplateTraits.PLAIN);
    }

    @Test
    void contentIsInPartsWhereATemplateReadsParts() {
        String parts = "{% for p in m.content %}{{ p.text }}{% endfor %}";
        assertThat(of("{% for m in messages %}" + parts + "{% endfor %}").typed())
                .containsExactlyInAnyOrder(Role.values());
        String either = "{% if m.content is string %}{{ m.content }}{% else %}" + parts + "{% endif %}";
        assertThat(of("{% for m in messages %}" + either + "{% endfor %}").typed())
                .isEmpty();
        String ofUser = "{% if m.role == 'user' %}" + parts + "{% else %}{{ m.content }}{% endif %}";
        assertThat(of("{% for m in messages %}" + ofUser + "{% endfor %}").typed())
                .containsExactly(Role.USER);
        String ofSystem = "{% if m.role == 'system' %}" + parts + "{% else %}{{ m.content }}{% endif %}";
        assertThat(of("{% for m in messages %}" + ofSystem + "{% endfor %}").typed())
                .containsExactly(Role.SYSTEM);
    }

    @Test
    void theSystemSpeaksWhereATemplateLetsIt() {
        String write = "{{ m.content }}{% endfor %}";
        assertThat(of("{% for m in messages %}" + write).system()).isEqualTo(SystemPlace.ANYWHERE);
        assertThat(of("{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}"
                                + write)
                        .system())
                .isEqualTo(SystemPlace.NOWHERE);
        assertThat(of("{% for m in messages if m.role != 'system' %}" + write).system())
                .isEqualTo(SystemPlace.NOWHERE);
        assertThat(of("{% for m in messages if loop is undefined or m.role != 'system' %}" + write)
                        .system())
                .isNotEqualTo(SystemPlace.FIRST);
        assertThat(of("{% for m in messages %}{% if m.role == 'system' and not loop.first %}"
                                + "{{ raise_exception('late') }}{% endif %}" + write)
                        .system())
                .isEqualTo(SystemPlace.FIRST);
    }

    /** Mistral's templates of 2024 write it with the user's last turn. */
    @Test
    void aSystemThatIsLostBehindResultsIsFolded() {
        String template = "{% for m in messages %}{% if m.role == 'user' %}"
                + "{% if loop.last and messages[0].role == 'system' %}{{ messages[0].content }}{% endif %}"
                + "{{ m.content }}{% elif m.role != 'system' %}{{ m.content }}"
                + "{% for c in m.tool_calls %}{{ c.function | tojson }}{% endfor %}{% endif %}{% endfor %}";
        assertThat(of(template).system()).isEqualTo(SystemPlace.NOWHERE);
    }

    @Test
    void argumentsAreTextWhereATemplateJoinsThem() {
        String call = "{% for c in m.tool_calls %}{{ c.function.name + ' ' + c.function.arguments }}{% endfor %}";
        assertThat(calls("{{ m.content }}" + call).textArguments()).isTrue();
        String printed = "{% for c in m.tool_calls %}{{ c.function.name }}{{ c.function.arguments }}{% endfor %}";
        assertThat(calls("{{ m.content }}" + printed).textArguments())
                .as("an object would be printed as Python does")
                .isTrue();
        String json = "{% for c in m.tool_calls %}{{ c.function.name }}{{ c.function.arguments | tojson }}{% endfor %}";
        assertThat(calls("{{ m.content }}" + json)).isEqualTo(USUAL);
    }

    @Test
    void contentThatIsNotThereIsWhatATemplateTakesItFor() {
        String call = "{% for c in m.tool_calls %}{{ c.function | tojson }}{% endfor %}";
        assertThat(calls("{% if m.content is none %}" + call + "{% else %}{{ m.content }}{% endif %}")
                        .noContent())
                .isEqualTo(NoContent.NULL);
        assertThat(calls("{% if m.content is defined %}{{ m.content }}{% else %}" + call + "{% endif %}")
                        .noContent())
                .isEqualTo(NoContent.ABSENT);
    }

    @Test
    void idsAreShortWhereOthersAreRefused() {
        String call = "{% for c in m.tool_calls %}{% if c.id | length != 9 %}{{ raise_exception('id') }}{% endif %}"
                + "{{ c.function | tojson }}{% endfor %}";
        assertThat(calls("{{ m.content }}" + call).shortIds()).isTrue();
    }

    @Test
    void callsAreAloneWhereATemplateKnowsOneOnly() {
        String first = "{% if m.tool_calls %}{{ m.tool_calls[0].function | tojson }}{% endif %}";
        assertThat(calls("{{ m.content }}" + first)).isEqualTo(USUAL.withSingle());
        String either = "{% if m.tool_calls %}{% for c in m.tool_calls %}{{ c.function | tojson }}{% endfor %}"
                + "{% else %}{{ m.content }}{% endif %}";
        assertThat(calls(either)).isEqualTo(USUAL.withContentApart());
    }

    @Test
    void aTemplateMayWriteNoCallsOrNoResults() {
        var plain = of("{% for m in messages %}[{{ m.role }}]{{ m.content }}{% endfor %}");
        assertThat(plain.calls()).isEmpty();
        assertThat(plain.results()).isTrue();
        var strict = of("{% for m in messages %}{% if m.role == 'tool' %}{{ raise_exception('role') }}{% endif %}"
                + "{{ m.content }}{% endfor %}");
        assertThat(strict.calls()).isEmpty();
        assertThat(strict.results()).isFalse();
    }

    @Test
    void aTemplateThatCannotBeTriedIsTakenAsItIs() {
        assertThat(of("{{ raise_exception('never') }}")).isEqualTo(TemplateTraits.PLAIN);
        assertThat(of("nothing of it")).isEqualTo(TemplateTraits.PLAIN);
    }

    /** Each try ends after a fiftieth of the work that a prompt may take. */
    @Test
    void aTemplateThatWorksForeverIsLeftSoon() {
        String endless = "{% for i in range(90000) %}{% for j in range(90000) %}{{ j }}{% endfor %}{% endfor %}";
        assertThat(of("{% for m in messages %}{{ m.content }}{% endfor %}" + endless))
                .isEqualTo(TemplateTraits.PLAIN);
    }

    @Test
    void wordsOfAConversationMayBeWrittenOnceOnly() {
        var last = of("{{ messages[-1].content }}");
        assertThat(last.typed()).isEmpty();
        assertThat(last.calls()).isEqualTo(Optional.empty());
    }
}
