package dev.paddock.prompt.jinja;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates come from strangers: none may take the server's time or memory. */
class BoundsTest {
    private static void refused(String template) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThatThrownBy(
                        () -> JinjaTemplate.parse(template).render(Map.of(), LocalDateTime::now))
                .isInstanceOf(TemplateException.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{{ 'x' * 999999999999 }}",
                "{{ ['x'] * 999999999 }}",
                "{% set s = namespace(t='xxxxxxxx') %}{% for i in range(99) %}{% set s.t = s.t + s.t %}{% endfor %}",
                "{% set s = namespace(t='xxxxxxxx') %}{% for i in range(99) %}{% set s.t = s.t ~ s.t %}{% endfor %}",
                "{% set s = namespace(t=[1,2,3,4]) %}{% for i in range(99) %}{% set s.t = s.t + s.t %}{% endfor %}",
                "{% set s = namespace(t='xxxx') %}{% for i in range(99) %}{% set s.t = s.t|replace('x', s.t) %}{% endfor %}",
                "{% set s = namespace(t='xxxx') %}{% for i in range(99) %}{% set s.t = s.t.join([s.t, s.t]) %}{% endfor %}",
                "{% set s = namespace(t=99999999) %}{% for i in range(99) %}{% set s.t = s.t * s.t %}{% endfor %}",
                "{{ 9 ** 99999 }}",
                "{{ 'x'.center(2000000000) }}",
                "{{ 'x'.zfill(2000000000) }}",
                "{{ '\\t'.expandtabs(2000000000) }}",
                "{{ 'x'|indent(2000000000, true) }}",
                "{{ [1]|batch(2000000000, 0)|list }}",
                "{{ [1]|slice(2000000000)|list }}",
                "{{ {'a': 1}|tojson(indent=2000000000) }}",
                "{{ '%999999999d' % 1 }}",
                "{{ '%.999999999f' % 1.5 }}",
                "{{ '{:>999999999}'.format(1) }}",
                "{{ 1.5|round(999999999) }}",
                "{{ range(100001) }}",
                "{% include 'x' %}",
                "{{ [].append(1) }}",
                "{{ {}.update({}) }}",
                "{{ ''.__class__.__mro__ }}",
                "{{ messages.x }}"
            })
    void whatWouldNeverEndOrFillTheMemoryIsRefused(String template) {
        refused(template);
    }

    @Test
    void deepNestingIsRefused() {
        refused("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}");
        refused("{{ " + "[".repeat(100_000));
        refused("{{ " + "not ".repeat(100_000) + "1 }}");
        refused("{{ " + "-".repeat(100_000) + "1 }}");
        refused("{% if 1 %}".repeat(10_000));
        refused("{% for " + "(".repeat(100_000));
        refused("{{ 1" + "+1".repeat(200_000) + " }}");
    }

    @Test
    void unfinishedTemplatesAreRefused() {
        for (String template : new String[] {
            "{{", "{%", "{#", "{{ 'x", "{% raw %}", "{% if 1 %}", "{{ x[", "{% set x %}", "{{ 1 | }}", "{% nope %}"
        }) {
            refused(template);
        }
    }
}
