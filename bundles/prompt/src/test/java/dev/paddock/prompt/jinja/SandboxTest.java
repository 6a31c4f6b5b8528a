package dev.paddock.prompt.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lenient sandbox allows, and what none does. */
class SandboxTest {
    private final List<Object> list = new ArrayList<>(List.of(1L, 2L));
    private final Map<String, Object> dict = new LinkedHashMap<>(Map.of("a", 1L, "l", list));
    private final Map<String, Object> variables = Map.of("list", list, "dict", dict);

    private String strict(String template) {
        return JinjaTemplate.parse(template).render(variables, LocalDateTime::now);
    }

    private String lenient(String template) {
        return JinjaTemplate.parse(template).render(variables, Sandbox.lenient(LocalDateTime::now));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{% set l = [] %}{% set _ = l.append(1) %}{{ l }}{{ l.append(2) }}{{ l }}~[1]None[1, 2]",
                "{% set l = [3, 1, 2] %}{{ l.pop() }}{{ l.pop(0) }}{{ l }}~23[1]",
                "{% set l = [3, 1] %}{% set _ = l.extend([2, 0]) %}{% set _ = l.sort() %}{{ l }}~[0, 1, 2, 3]",
                "{% set l = [1, 2, 3] %}{% set _ = l.reverse() %}{% set _ = l.insert(1, 9) %}{% set _ = l.remove(1) %}{{ l }}~[3, 9, 2]",
                "{% set l = list|list %}{% set _ = l.append(3) %}{{ l }} {{ list }}~[1, 2, 3] [1, 2]",
                "{% set l = list + [] %}{% set _ = l.append(3) %}{{ l }} {{ list }}~[1, 2, 3] [1, 2]",
                "{% set l = list[:] %}{% set _ = l.clear() %}{{ l }} {{ list }}~[] [1, 2]",
                "{% set d = {} %}{% set _ = d.update({'a': 1}) %}{{ d.setdefault('b', 2) }}{{ d.pop('a') }}{{ d }}~21{'b': 2}",
                "{% set d = dict.copy() %}{% set _ = d.pop('a') %}{{ d.keys()|list }} {{ dict.a }}~['l'] 1",
                "{% set l = [1] %}{% for x in l %}{% set _ = l.append(x) %}{% endfor %}{{ l }}~[1, 1]",
                "{{ list|map('string')|tojson }}~[\"1\", \"2\"]",
                "{{ missing|tojson }} {{ {'a': missing}|tojson }}~null {\"a\": null}",
                "{{ dict.keys()|tojson }}~[\"a\", \"l\"]",
                "{{ ('{\"a\": [1, 2.5, null, \"x\"]}'|from_json).a }}~[1, 2.5, None, 'x']"
            })
    void theLenientSandboxLetsATemplateChangeWhatItMade(String template, String expected) {
        dict.remove("l");
        dict.put("l", list);

        assertThat(lenient(template)).isEqualTo(expected);
        assertThatThrownBy(() -> strict(template)).isInstanceOf(TemplateException.class);
        assertThat(list).containsExactly(1L, 2L);
        assertThat(dict).containsEntry("a", 1L).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ list.append(3) }}",
                "{{ list.clear() }}",
                "{{ list['pop']() }}",
                "{{ dict.l.append(3) }}",
                "{{ dict.update({'b': 2}) }}",
                "{{ dict.pop('a') }}",
                "{{ dict.copy().l.append(3) }}",
                "{{ (list|list + [dict])[-1].clear() }}",
                "{{ dict.items()|list|map('last')|list|last }}{{ (dict.items()|list)[-1][1].append(3) }}",
                "{% for k, v in dict|items %}{% set _ = v.append(3) %}{% endfor %}",
                "{% set n = namespace(dict) %}{% set n.a = 5 %}{{ n.l.append(3) }}"
            })
    void whatATemplateWasGivenNeverChanges(String template) {
        assertThatThrownBy(() -> lenient(template)).isInstanceOf(TemplateException.class);
        assertThat(list).containsExactly(1L, 2L);
        assertThat(dict).containsEntry("a", 1L).hasSize(2);
    }

    @Test
    void aListInItselfCannotBePrinted() {
        String made = "{% set l = [] %}{% set _ = l.append(l) %}";
        for (String use : List.of(
                "{{ l }}",
                "{{ l|tojson }}",
                "{{ {(l,): 1} }}",
                "{% set m = [] %}{% set _ = m.append(m) %}{{ l == m }}")) {
            assertThatThrownBy(() -> lenient(made + use)).isInstanceOf(TemplateException.class);
        }
    }

    @Test
    void wrongJsonIsRefusedWithItsPlace() {
        assertThatThrownBy(() -> lenient("\n{{ '{\"a\": }'|from_json }}"))
                .hasMessage("line 2: from_json: not JSON at character 7: unexpected character");
        assertThatThrownBy(() -> lenient("{{ ('[' * 1000)|from_json }}")).hasMessageContaining("nested too deeply");
        assertThatThrownBy(() -> lenient("{{ ('[' ~ '1,' * 2000000 ~ '1]')|from_json }}"))
                .hasMessageContaining("line 1: ");
    }
}
