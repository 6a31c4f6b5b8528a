package dev.paddock.prompt.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates come from strangers: none may take the server's time or memory. */
class GoBoundsTest {
    private static void refused(String template) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThatThrownBy(
                        () -> GoTemplate.parse(template).render(Map.of("s", "x".repeat(1000)), LocalDate.EPOCH))
                .isInstanceOf(GoTemplateException.class)
                .hasMessageMatching("(?s)line \\d+, column \\d+: .+"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ range 9999999999 }}{{ end }}",
                "{{ range 99999 }}{{ range 99999 }}{{ end }}{{ end }}",
                "{{ range 9999999999 }}{{ continue }}{{ end }}",
                "{{ define \"x\" }}{{ template \"x\" . }}{{ end }}{{ template \"x\" . }}",
                "{{ define \"x\" }}{{ range 9 }}{{ template \"x\" . }}{{ end }}{{ end }}{{ template \"x\" . }}",
                "{{ block \"x\" . }}{{ template \"x\" . }}{{ end }}",
                "{{ define \"a\" }}{{ template \"b\" . }}{{ end }}{{ define \"b\" }}{{ template \"a\" . }}{{ end }}{{ template \"a\" . }}",
                "{{ $x := \"xxxxxxxx\" }}{{ range 99 }}{{ $x = print $x $x }}{{ end }}",
                "{{ $x := \"xxxxxxxx\" }}{{ range 99 }}{{ $x = printf \"%s%s\" $x $x }}{{ end }}",
                "{{ $x := \"\\\"\" }}{{ range 99 }}{{ $x = json $x }}{{ end }}",
                "{{ $x := \"\\\"\" }}{{ range 99 }}{{ $x = printf \"%q\" $x }}{{ end }}",
                "{{ $x := \"<<<<\" }}{{ range 999 }}{{ $x = html $x }}{{ $x = html $x }}{{ $x = print $x $x }}{{ end }}",
                "{{ $x := \"<<<<\" }}{{ range 99 }}{{ $x = js $x $x }}{{ end }}",
                "{{ $x := \"%%%%\" }}{{ range 99 }}{{ $x = urlquery $x }}{{ $x = urlquery $x $x }}{{ end }}",
                "{{ $x := \"aaaa\" }}{{ range 99 }}{{ $x = printf \"%x%X\" $x $x }}{{ end }}",
                "{{ range 99999 }}{{ printf \"%999999d\" 1 }}{{ end }}",
                "{{ range 99999 }}{{ printf \"%-999999s\" \"\" }}{{ end }}",
                "{{ range 99999 }}{{ printf \"%.999999f\" 1.5 }}{{ end }}",
                "{{ range 99999 }}{{ printf \"%.999999d\" 1 }}{{ end }}",
                "{{ range 99999 }}{{ printf \"%*d\" 999999 1 }}{{ end }}",
                "{{ range 9999999 }}{{ .s }}{{ end }}",
                "{{ $s := \"x\" }}{{ range 24 }}{{ $s = print $s $s }}{{ end }}{{ range 9999999 }}{{ len $s }}{{ end }}",
                "{{ $s := \"x\" }}{{ range 20 }}{{ $s = print $s $s }}{{ end }}{{ range 9999999 }}{{ if eq $s $s }}{{ end }}{{ end }}",
                "{{ $s := \"x\" }}{{ range 20 }}{{ $s = print $s $s }}{{ end }}{{ range 9999999 }}{{ if slice $s 1 }}{{ end }}{{ end }}",
                "{{ range 200000 }}{{ $x := printf \"%.9g\" 5e-324 }}{{ end }}",
                "{{ $x := \"<\" }}{{ range 20 }}{{ $x = print $x $x }}{{ end }}{{ range 5 }}{{ len (json $x) }}{{ end }}",
                "{{ call .s }}",
                "{{ .s.Class }}",
                "{{ .s.getClass }}",
                "{{ .x.y }}",
                "{{ index . 0 }}",
                "{{ index .s 5000 }}",
                "{{ slice .s 2 1 }}",
                "{{ template \"nope\" . }}"
            })
    void whatWouldNeverEndOrFillTheMemoryIsRefused(String template) {
        refused(template);
    }

    @Test
    void deepNestingIsRefused() {
        refused("{{ " + "(".repeat(100_000) + "1" + ")".repeat(100_000) + " }}");
        refused("{{ if 1 }}".repeat(10_000) + "{{ end }}".repeat(10_000));
        refused("{{ if 1 }}" + "{{ else if 1 }}".repeat(10_000) + "{{ end }}");
        refused("{{ range 1 }}".repeat(300) + "{{ end }}".repeat(300));
        refused("{{ not (".repeat(100_000));
    }

    @Test
    void manyElseIfsAreFine() {
        String chain =
                "{{ if eq . 0 }}{{ else if eq . 1 }}" + "{{ else if eq . 2 }}".repeat(150) + "{{ else }}x{{ end }}";
        assertThat(GoTemplate.parse(chain).render(3L, LocalDate.EPOCH)).isEqualTo("x");
    }

    @Test
    void longAndBusyTemplatesAreRefused() {
        refused("x".repeat(1_000_001));
        refused("{{ . }}".repeat(100_000));
    }

    @Test
    void variablesAreNotSoManyThatLookingForThemTakesLong() {
        var template = new StringBuilder();
        for (int i = 0; i < 20_000; i++) template.append("{{ $a").append(i).append(" := 0 }}");
        refused(template + "{{ range 1000000 }}{{ if $ }}{{ end }}{{ end }}");
    }

    @Test
    void bracketsOfAFormatThatAreNotClosedAreLookedForOnce() {
        String format = "%[".repeat(400_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> GoTemplate.parse("{{ printf `" + format + "` }}")
                .render(Map.of(), LocalDate.EPOCH));
    }

    @Test
    void valuesThatAreNestedTooDeeplyAreNotPrinted() {
        List<Object> deep = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) deep = new ArrayList<>(List.of(deep));
        Object value = deep;
        for (String template : List.of("{{ . }}", "{{ json . }}", "{{ printf \"%d\" . }}")) {
            assertThatThrownBy(() -> GoTemplate.parse(template).render(value, LocalDate.EPOCH))
                    .hasMessageContaining("nested too deeply");
        }
    }

    @Test
    void manyMessagesAreNotTooMuch() {
        List<Object> messages = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) messages.add(Map.of("Role", "user", "Content", "x".repeat(500)));
        var template = GoTemplate.parse("{{ range $i, $m := .Messages }}{{ $last := eq (len (slice $.Messages $i)) 1 }}"
                + "{{ if eq .Role \"user\" }}{{ .Content }}{{ end }}{{ if $last }}!{{ end }}{{ end }}");
        assertThat(template.render(Map.of("Messages", messages), LocalDate.EPOCH))
                .hasSize(5_000_001);
    }
}
