package dev.paddock.itest.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Whether {@code docs/conformance.md} says what the tests show. The last class of a run. */
@Order(Integer.MAX_VALUE)
class PublishedPageTest {
    private static final String REFRESH =
            "docs/conformance.md is not what this run showed (- published, + shown). To refresh "
                    + "it, after a run of all tests in which none failed or was skipped for want of a program: "
                    + "cp bundles/itest/target/conformance.md docs/conformance.md";

    private static List<Mark> marks;

    @BeforeAll
    static void readMarks() throws Exception {
        var classes = PublishedPageTest.class.getProtectionDomain().getCodeSource();
        marks = Mark.under(Path.of(classes.getLocation().toURI()));
    }

    @Test
    void everyCellHasATestOrAReason() {
        var promised = marks.stream()
                .map(m -> new Shown(m.api(), m.trait(), m.type().getName(), m.method(), Outcome.PASSED))
                .toList();
        assertThat(Page.cells(promised).stream().map(Cell::complaint).flatMap(Optional::stream))
                .isEmpty();
    }

    @Test
    void thePublishedPageSaysWhatThisRunShowed() throws Exception {
        var heard = Results.heard();
        var silent = marks.stream().map(Mark::test).filter(t -> !heard.containsKey(t));
        // Maven leaves the expression as it is when no test was selected.
        boolean selected = !System.getProperty("paddock.test.selected", "").startsWith("${");
        assumeTrue(!selected, "only selected tests were run: docs/conformance.md is compared with a whole run");
        assertThat(silent).as("marked tests that did not run before this").isEmpty();

        Path written = Layout.root().resolve("bundles/itest/target/conformance.md");
        Files.writeString(written, page(false).text());
        Path published = Layout.root().resolve("docs/conformance.md");
        assertThat(Page.difference(
                        Files.exists(published) ? Files.readString(published) : "",
                        page(true).text()))
                .as(REFRESH)
                .isEmpty();
    }

    /** @param everywhere whether what this machine lacks counts as if it were there */
    private static Page page(boolean everywhere) {
        var heard = Results.heard();
        var shown = marks.stream()
                .map(m -> {
                    Outcome outcome = heard.get(m.test());
                    return new Shown(
                            m.api(),
                            m.trait(),
                            m.type().getName(),
                            m.method(),
                            everywhere ? outcome.whereItRuns() : outcome);
                })
                .toList();
        Path lock = Layout.root().resolve("bundles/itest/clients/package-lock.json");
        var clients = marks.stream()
                .map(Mark::type)
                .distinct()
                .filter(type -> type.isAnnotationPresent(RealClient.class))
                .map(type -> Client.of(type, lock))
                .toList();
        return new Page(shown, clients);
    }
}
