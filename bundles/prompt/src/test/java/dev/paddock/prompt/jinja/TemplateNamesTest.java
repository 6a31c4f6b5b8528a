package dev.paddock.prompt.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{{ a }}{{ b.c }}                                             ; a b     ; c",
                "{% set a = b %}{{ a }}                                       ; b       ; ",
                "{% if not a is defined %}{% set a = false %}{% endif %}{{ a }} ; a     ; ",
                "{% for m in messages %}{{ m.role }}{{ loop.index }}{% endfor %}{{ m }} ; m messages ; index role",
                "{% for k, v in d.items() %}{{ k ~ v }}{% endfor %}           ; d       ; ",
                "{% macro f(x, y=z) %}{{ x }}{{ y }}{{ later }}{{ w }}{% endmacro %}{% set later = 1 %}{{ f(q) }} ; q w z ; ",
                "{% set ns = namespace(n=k) %}{% set ns.n = ns.n + 1 %}       ; k       ; n",
                "{{ m['content'] }}{{ m.get('name') }}{{ m[i] }}{{ m[1:j] }}  ; i j m   ; content name",
                "{{ text.strip().split(sep) }}{{ x|default(y) }}{{ z is divisibleby n }} ; n sep text x y z ; ",
                "{{ raise_exception('no') }}{{ strftime_now('%Y') }}{{ range(n) }} ; n       ; ",
                "{% with a = b %}{{ a }}{% endwith %}{% call(u) f(v) %}{{ u }}{{ t }}{% endcall %} ; b f t v ; ",
                "{% set a %}{{ b }}{% endset %}{% filter indent(c) %}{{ d }}{% endfilter %} ; b c d ; ",
                "{{ [a, {b: c}] }}{{ d if e else f }}{{ not g and -h or i < j }}{{ k(*l, **o) }} ; a b c d e f g h i j k l o ; "
            })
    void aVariableIsWhatATemplateUsesBeforeItSetsIt(String template, String variables, String fields) {
        TemplateNames names = JinjaTemplate.parse(template).names();
        assertThat(String.join(" ", names.variables())).isEqualTo(variables);
        assertThat(String.join(" ", names.fields())).isEqualTo(fields == null ? "" : fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{{ 'a }}`            | 1 | 4",
                "`a\r\n  {% nope %}`   | 2 | 6",
                "`\uD83D\uDC0E {{ ) }}`| 1 | 6",
                "`{% if a %}\n\nb`     | 3 | 2",
                "`{{ 1 +\n }}`         | 2 | 2",
                "`x{# never ends`      | 1 | 4"
            })
    void whatIsWrongHasALineAndAColumn(String template, int line, int column) {
        assertThatThrownBy(() -> JinjaTemplate.parse(template))
                .isInstanceOfSatisfying(TemplateException.Syntax.class, e -> assertThat(e.place())
                        .isEqualTo(new Place(line, column)))
                .hasMessageStartingWith("line " + line + ", column " + column + ": ");
    }

    @Test
    void placesInALongLineAreFoundInOnePass() {
        String template = "{{ a }}".repeat(50_000) + "{{ ) }}";
        assertThatThrownBy(() -> JinjaTemplate.parse(template))
                .hasMessageStartingWith("line 1, column " + (template.length() - 3) + ": ");
    }
}
