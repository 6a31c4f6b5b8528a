package dev.paddock.itest.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * {@code docs/conformance.md} is what marked tests promise; a whole run shows whether the promises hold. The last class of
 * a run, and the writer of {@code target/conformance.md}.
 */
@Order(Integer.MAX_VALUE)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublishedPageTest {
    private static final Path PUBLISHED = Layout.root().resolve("docs/conformance.md");
    private static final Path WRITTEN = Layout.root().resolve("bundles/itest/target/conformance.md");
    private static final String REFRESH =
            "docs/conformance.md does not name what tests are marked to show (- published, "
                    + "+ marked). To refresh it: cp bundles/itest/target/conformance.md docs/conformance.md";

    private static List<Mark> marks;

    @BeforeAll
    static void readMarks() throws Exception {
        var classes = PublishedPageTest.class.getProtectionDomain().getCodeSource();
        marks = Mark.under(Path.of(classes.getLocation().toURI()));
    }

    @Test
    void everyCellHasATestOrAReason() {
        var complaints =
                Page.cells(shown(Mark::promise)).stream().map(Cell::complaint).flatMap(Optional::stream);
        assertThat(complaints).isEmpty();
    }

    @Test
    void thePublishedPageSaysWhatIsPromised() throws Exception {
        String promised = page(Mark::promise);
        Files.writeString(WRITTEN, promised);
        String published = Files.exists(PUBLISHED) ? Files.readString(PUBLISHED) : "";
        assertThat(Page.difference(published, promised)).as(REFRESH).isEmpty();
    }

    /** The last, as it writes what really was. */
    @Test
    @Order(Integer.MAX_VALUE)
    void whatIsPromisedHolds() throws Exception {
        // Maven tells which tests were selected: none, when all are to run; somebody else's runner tells nothing.
        boolean whole = "".equals(System.getProperty("paddock.test.selected"));
        assumeTrue(whole, "only selected tests were run, the page of conformance is held to a whole run");
        var heard = Results.heard();
        assertThat(marks.stream().map(Mark::test).filter(test -> !heard.containsKey(test)))
                .as("marked tests that did not run before this one")
                .isEmpty();
        String real = page(mark -> heard.get(mark.test()));
        Files.writeString(WRITTEN, real);
        String whereAllIsThere = page(mark -> heard.get(mark.test()).whereItRuns());
        assertThat(Page.difference(page(Mark::promise), whereAllIsThere))
                .as("what was promised (-) and what this run showed (+), see %s", WRITTEN)
                .isEmpty();
    }

    private static List<Shown> shown(Function<Mark, Outcome> outcome) {
        return marks.stream()
                .map(mark ->
                        new Shown(mark.api(), mark.trait(), mark.type().getName(), mark.method(), outcome.apply(mark)))
                .toList();
    }

    private static String page(Function<Mark, Outcome> outcome) {
        Path lock = Layout.root().resolve("bundles/itest/clients/package-lock.json");
        var clients = marks.stream()
                .map(Mark::type)
                .distinct()
                .filter(type -> type.isAnnotationPresent(RealClient.class))
                .map(type -> Client.of(type, lock))
                .toList();
        return new Page(shown(outcome), clients).text();
    }
}
