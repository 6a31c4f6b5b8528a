package dev.paddock.prompt.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong in a template, and where. */
class GoSyntaxTest {
    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
                    {{ .X                              # 1:1  # unclosed action
                    a¶  {{ .X                          # 2:3  # unclosed action
                    {{ if }}                           # 1:7  # missing value for if
                    {{ nope }}                         # 1:4  # function "nope" not defined
                    a¶ {{ $x }}                        # 2:5  # undefined variable "$x"
                    {{ range . }}                      # 1:14 # unexpected end of template in a block that has no {{end}}
                    {{ break }}                        # 1:4  # {{break}} outside {{range}}
                    {{ define "x" }}{{ break }}{{ end }} # 1:20 # {{break}} outside {{range}}
                    é{{ "a }}                          # 1:5  # unterminated quoted string
                    {{ "a¶" }}                         # 1:4  # unterminated quoted string
                    {{ `a }}                           # 1:4  # unterminated raw quoted string
                    {{ 'a }}                           # 1:4  # unterminated character constant
                    {{ '' }}                           # 1:4  # malformed character constant
                    {{ "\\q" }}                        # 1:4  # invalid syntax in string
                    {{ 1.2.3 }}                        # 1:4  # illegal number syntax
                    {{ 0x }}                           # 1:4  # illegal number syntax
                    {{ 99999999999999999999 }}         # 1:4  # a number too large
                    {{ 3- }}                           # 1:4  # bad number syntax
                    {{ end }}                          # 1:4  # unexpected {{end}}
                    {{ else }}                         # 1:4  # unexpected {{else}}
                    {{ if . }}{{ else }}{{ else }}{{ end }} # 1:28 # expected end; found {{else}}
                    {{ .X | 3 }}                       # 1:9  # non executable command in pipeline stage 2
                    {{/* x }}                          # 1:1  # unclosed comment
                    {{/* x */ }}                       # 1:10 # comment ends before closing delimiter
                    {{ /* x */ }}                      # 1:4  # unexpected "/" in command
                    {{ (1 }}                           # 1:7  # unclosed left paren
                    {{ 1) }}                           # 1:5  # unexpected right paren
                    {{ . | | . }}                      # 1:8  # unexpected "|" in command
                    {{ ..X }}                          # 1:5  # unexpected . after term "."
                    {{ true.X }}                       # 1:8  # unexpected . after term true
                    {{ .X; }}                          # 1:6  # bad character ';'
                    {{ with $x, $y := . }}{{ end }}    # 1:11 # too many declarations in with
                    {{ range $x, 1 }}{{ end }}         # 1:12 # range can only initialize variables
                    {{ if . }}{{ define "x" }}{{ end }}{{ end }} # 1:14 # unexpected {{define}}
                    {{ template x }}                   # 1:13 # unexpected "x" in template clause
                    {{ define "x" }}a{{ end }}{{ define "x" }}b{{ end }} # 1:27 # multiple definition of template "x"
                    {{ .X }} {{ if .Y }}¶¶z            # 3:2  # unexpected end of template
                    """)
    void errorsNameLineAndColumn(String template, String place, String message) {
        String text = template.replace('¶', '\n');
        String[] numbers = place.strip().split(":");
        assertThatThrownBy(() -> GoTemplate.parse(text))
                .isInstanceOfSatisfying(GoTemplateException.Syntax.class, e -> assertThat(e.place())
                        .isEqualTo(new Place(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]))))
                .hasMessageStartingWith("line " + numbers[0] + ", column " + numbers[1] + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void failuresOfARunNameTheirPlace() {
        assertThatThrownBy(() -> render("a\nb {{ if true }}\n  {{ .x.y.z }}{{ end }}"))
                .hasMessage("line 3, column 6: nil pointer evaluating interface {}.y");
        assertThatThrownBy(() -> render("{{ range 3 }}\n{{ eq . \"a\" }}{{ end }}"))
                .hasMessage("line 2, column 4: error calling eq: incompatible types for comparison");
        assertThatThrownBy(() -> render("{{ 1 | len }}")).hasMessageContaining("line 1, column 8: error calling len");
    }

    private static String render(String template) {
        return GoTemplate.parse(template).render(Map.of(), LocalDate.EPOCH);
    }

    @Test
    void namesThatAreLookedAtAreKnown() {
        var template = GoTemplate.parse(
                "{{ if and .A (eq $.B.C 1) }}{{ (index .D 0).E }}{{ end }}"
                        + "{{ range .F }}{{ else }}{{ .G }}{{ end }}{{ define \"x\" }}{{ .H }}{{ end }}{{ template \"x\" .I }}");
        assertThat(template.names()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i");
    }

    @Test
    void whatStandsBehindAFieldCanBeCutOff() {
        var template = GoTemplate.parse("a{{ if .R }}b{{ .R }}c{{ else }}d{{ .R }}e{{ end }}f{{ .R }}g");
        var cut = template.cutBehind("R");
        assertThat(cut.render(Map.of("R", "x"), LocalDate.EPOCH)).isEqualTo("abx");
        assertThat(cut.render(Map.of("R", ""), LocalDate.EPOCH)).isEqualTo("ad");
        assertThat(template.render(Map.of("R", "x"), LocalDate.EPOCH)).isEqualTo("abxcfxg");
        assertThat(template.followedBy("S").render(Map.of("S", "!"), LocalDate.EPOCH))
                .endsWith("g!");
    }
}
