package dev.paddock.prompt.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors say where and why, in words that help to mend the template. */
class ErrorsTest {
    private static void fails(String template, String message) {
        assertThatThrownBy(() -> JinjaTemplate.parse(template).render(Map.of("x", Map.of()), LocalDateTime::now))
                .isInstanceOfSatisfying(
                        TemplateException.class, e -> assertThat(e.getMessage().replaceFirst(", column \\d+: ", ": "))
                                .isEqualTo(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\\n\\n{{ y.z }}~line 3: 'y' is undefined",
                "{{ x.y.z }}~line 1: 'dict object' has no attribute 'y'",
                "{% if 1 %}\\n{{ 1 + 'a' }}{% endif %}~line 2: unsupported operand type(s) for +: 'int' and 'str'",
                "{{ 'a' + 1 }}~line 1: can only concatenate str (not \"int\") to str",
                "{{ 'a' + [] }}~line 1: can only concatenate str (not \"list\") to str",
                "\\n{{ 1 < 'a' }}~line 2: '<' not supported between instances of 'int' and 'str'",
                "{% macro m() %}\\n{{ 1 }}\\n{% endmacro %}\\n{{ m() + y.z }}~line 4: 'y' is undefined",
                "{% macro m() %}\\n{{ y.z }}\\n{% endmacro %}\\n{{ m() }}~line 2: 'y' is undefined",
                "{% for a in [1] %}\\n{% endfor %}{% for b in 1 %}{% endfor %}~line 2: 'int' object is not iterable",
                "{% for a in [1, 2] %}\\n\\n{% set a, b = 1 %}{% endfor %}~line 3: 'int' object is not iterable",
                "{% set a, b = [1] %}~line 1: not enough values to unpack (expected 2)",
                "{{ x() }}~line 1: 'dict' object is not callable",
                "{{ x|nope }}~line 1: No filter named 'nope'.",
                "{% if x %}{% else %}\\n{{ x|nope }}{% endif %}~line 2: No filter named 'nope'.",
                "{{ x is nope }}~line 1: No test named 'nope'.",
                "\\n{{ 'a'|indent(1, 2, 3, 4) }}~line 2: indent() takes at most 3 arguments (4 given)",
                "{{ 'a'|indent(wide=1) }}~line 1: indent() got an unexpected keyword argument 'wide'",
                "{{ 'a'.split(1, 2, 3) }}~line 1: split() takes at most 2 arguments (3 given)",
                "{{ [1]|batch }}~line 1: batch() missing a required argument: 'linecount'",
                "{% macro m(a) %}{% endmacro %}\\n{{ m(b=1) }}~line 2: macro 'm' takes no keyword argument 'b'",
                "{{ {}|tojson(1, 2, [1]) }}~line 1: separators must be two texts",
                "{{ range|tojson }}~line 1: Object of type method is not JSON serializable",
                "{% set x.y = 1 %}~line 1: cannot assign attribute on non-namespace object",
                "{% autoescape true %}{% endautoescape %}~line 1: 'autoescape' is not available: a prompt is no HTML",
                "\\n{% include 'a' %}~line 2: 'include' is not available: templates cannot load other templates",
                "\\n\\n{% if %}~line 3: unexpected 'end of tag'",
                "{% if 1 %}\\n{% endfor %}~line 2: Encountered unknown tag 'endfor'.",
                "{% if 1 %}\\n\\na~line 3: Unexpected end of template. Jinja was looking for [elif, else, endif]",
                "\\n{{ 'a }}~line 2: unexpected char '''",
                "{{ (1 }}~line 1: unexpected '}', expected ')'",
                "{{ 1 2 }}~line 1: expected end of print statement, got '2'",
                "{% break %}~line 1: 'break' outside loop",
                "{% set none = 1 %}~line 1: can't assign to 'none'",
                "{% macro m(a, a) %}{% endmacro %}~line 1: duplicate argument 'a'",
                "{{ f(a=1, 2) }}~line 1: invalid syntax for function call expression"
            })
    void theLineAndTheCauseAreNamed(String template, String message) {
        fails(template.replace("\\n", "\n"), message);
    }

    @Test
    void whatATemplateRaisesComesThroughAsItIs() {
        assertThatThrownBy(() -> JinjaTemplate.parse("\n{{ raise_exception('Roles must alternate: ä {{') }}")
                        .render(Map.of(), LocalDateTime::now))
                .isInstanceOf(TemplateException.Raised.class)
                .hasMessage("Roles must alternate: ä {{");
    }

    @Test
    void longMessagesAreShortened() {
        assertThatThrownBy(() -> JinjaTemplate.parse("{{ " + "y".repeat(10_000) + ".z }}")
                        .render(Map.of(), LocalDateTime::now))
                .hasMessageMatching("line 1: 'y+\\.\\.\\. \\(10015 characters\\)");
    }
}
