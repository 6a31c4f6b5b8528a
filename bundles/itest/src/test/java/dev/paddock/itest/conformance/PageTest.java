package dev.paddock.itest.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.conformance.Outcome.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How results become marks, complaints and lines. */
class PageTest {
    private static final Outcome ABSENT = new Outcome(Kind.ABSENT, "it has no vectors");
    private static final Outcome SKIPPED = new Outcome(Kind.SKIPPED, "no node here");
    private static final Outcome FAILED = new Outcome(Kind.FAILED, "expected 1\nbut was 2");

    private static Shown shown(Trait trait, String type, Outcome outcome) {
        return new Shown(Api.OLLAMA_CHAT, trait, "dev.paddock." + type, "works", outcome);
    }

    private static Cell cell(Optional<String> reason, Outcome... outcomes) {
        var shown = List.of(outcomes).stream()
                .map(outcome -> shown(Trait.STOP, "ATest", outcome))
                .toList();
        return new Cell(Api.OLLAMA_CHAT, Trait.STOP, shown, reason);
    }

    @Test
    void aCellShowsTheWorstOfWhatRanAndADashForAReason() {
        assertThat(cell(Optional.empty(), Outcome.PASSED, SKIPPED).mark()).isEqualTo("✓");
        assertThat(cell(Optional.empty(), Outcome.PASSED, FAILED).mark()).isEqualTo("✗");
        assertThat(cell(Optional.empty(), SKIPPED).mark()).isEqualTo("○");
        assertThat(cell(Optional.of("why")).mark()).isEqualTo("–");
        assertThat(cell(Optional.empty(), ABSENT).mark()).isEqualTo("?");
    }

    @Test
    void aCellNeedsATestOrAReasonAndNotBoth() {
        assertThat(cell(Optional.empty(), ABSENT).complaint()).hasValueSatisfying(complaint -> assertThat(complaint)
                .contains("/api/chat STOP", "Api.OLLAMA_CHAT", "Trait.STOP", "NotSupported"));
        assertThat(cell(Optional.of("no such thing"), Outcome.PASSED).complaint())
                .hasValueSatisfying(complaint -> assertThat(complaint).contains("ATest.works", "no such thing"));
        assertThat(cell(Optional.of("no such thing")).complaint()).isEmpty();
        assertThat(cell(Optional.empty(), SKIPPED).complaint()).isEmpty();
    }

    @Test
    void ofSeveralRunsOfATestTheWorstCounts() {
        assertThat(Outcome.WORSE.apply(Outcome.PASSED, FAILED)).isEqualTo(FAILED);
        assertThat(Outcome.WORSE.apply(SKIPPED, Outcome.PASSED)).isEqualTo(SKIPPED);
        assertThat(Outcome.WORSE.apply(ABSENT, SKIPPED)).isEqualTo(SKIPPED);
    }

    @Test
    void whatAMachineLacksDoesNotChangeThePage() {
        var here = List.of(shown(Trait.STOP, "ATest", SKIPPED), shown(Trait.TOOLS, "ATest", ABSENT));
        var there = List.of(shown(Trait.STOP, "ATest", Outcome.PASSED), shown(Trait.TOOLS, "ATest", ABSENT));
        var elsewhere = here.stream()
                .map(s -> new Shown(
                        s.api(), s.trait(), s.type(), s.method(), s.outcome().whereItRuns()))
                .toList();
        assertThat(new Page(elsewhere, List.of()).text()).isEqualTo(new Page(there, List.of()).text());
        assertThat(new Page(here, List.of()).text()).contains("○ [ATest] works: no node here");
    }

    @Test
    void aCellNamesItsTestsAndLinksTheirSources() {
        var page = new Page(
                        List.of(
                                shown(Trait.STOP, "itest.BTest", Outcome.PASSED),
                                shown(Trait.STOP, "itest.ATest", FAILED)),
                        List.of())
                .text();
        assertThat(page)
                .contains("- **stop** ✗ [ATest] works; [BTest] works\n")
                .contains("- ✗ [ATest] works: expected 1\n")
                .contains("[ATest]: ../bundles/itest/src/test/java/dev/paddock/itest/ATest.java\n");
    }

    @Test
    void aClientsRowTellsWhatItHasNoWordsFor() {
        var shown = List.of(shown(Trait.PLAIN, "ATest", Outcome.PASSED), shown(Trait.EMBEDDINGS, "ATest", ABSENT));
        var client = new Client("dev.paddock.ATest", "maker:client", "1.2", Api.OLLAMA_CHAT);
        assertThat(new Page(shown, List.of(client)).text())
                .contains("| `maker:client` | 1.2 | `/api/chat` | ✓ | ? | ? | ? | ? | ? | ? | – (1) | ? | ? |\n")
                .contains("\n1. it has no vectors\n");
    }

    @Test
    void aVersionIsReadOffTheNameOfTheJar() {
        String path = "/m/openai-java-core-1.0.jar:/m/openai-java-4.105.0.jar:/m/other-9.jar";
        assertThat(Client.inClassPath("openai-java", path)).isEqualTo("4.105.0");
    }

    @Test
    void longItemsGoOnBelow() {
        StringBuilder text = new StringBuilder();
        Markdown.wrap(text, "- " + "word ".repeat(40).strip());
        assertThat(text.toString().lines())
                .allMatch(line -> line.length() <= 120)
                .hasSize(2);
        assertThat(text.toString().lines().skip(1)).allMatch(line -> line.startsWith("  word"));
    }

    @Test
    void aDifferenceNamesTheLinesOfEitherSide() {
        assertThat(Page.difference("a\nb\n", "a\nc\n")).containsExactly("- b", "+ c");
        assertThat(Page.difference("a\n", "a\n")).isEmpty();
    }
}
