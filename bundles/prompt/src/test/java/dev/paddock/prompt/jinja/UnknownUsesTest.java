package dev.paddock.prompt.jinja;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Jinja 3.1.6 does with each of these templates. */
class UnknownUsesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ 1|x }}",
                "{% if false %}{% for a in [1] %}{{ a|x }}{% endfor %}{% endif %}",
                "{% if false %}{% for a in [] %}{% else %}{{ 1|x }}{% endfor %}{% endif %}",
                "{% if false %}{% for a in [1] if a is x %}{% endfor %}{% endif %}",
                "{% if false %}{% set a %}{{ 1|x }}{% endset %}{% endif %}",
                "{% if false %}{% set a|x %}{% endset %}{% endif %}",
                "{% if false %}{% filter x %}{% endfilter %}{% endif %}",
                "{% if false %}{% macro m() %}{{ 1|x }}{% endmacro %}{% endif %}",
                "{% macro m() %}{{ 1|x }}{% endmacro %}",
                "{{ 1 if true }}{{ 2|x }}"
            })
    void whatRunsInAnyCaseMustExist(String template) {
        assertThatThrownBy(() -> JinjaTemplate.parse(template))
                .isInstanceOf(TemplateException.Syntax.class)
                .hasMessageMatching("line 1, column \\d+: No (filter|test) named 'x'\\.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% if false %}{{ 1|x }}{% endif %}",
                "{% if true %}{{ 1|x }}{% endif %}",
                "{% if false %}{% else %}{{ 1|x }}{% endif %}",
                "{% if false %}{% for a in [1]|x %}{% endfor %}{% endif %}",
                "{% if false %}{% set a = 1|x %}{% endif %}",
                "{% if false %}{% with a=1|x %}{% endwith %}{% endif %}",
                "{% if 1 is x %}{% endif %}",
                "{{ (1|x) if false else 2 }}",
                "{{ 1 if false else (1|x) }}",
                "{{ 1 if (1 is x) else 2 }}",
                "{{ 2|x if true }}",
                "{{ [1]|map('x')|list }}"
            })
    void whatDependsOnAConditionMayBeUnknown(String template) {
        assertThatCode(() -> JinjaTemplate.parse(template)).doesNotThrowAnyException();
    }
}
