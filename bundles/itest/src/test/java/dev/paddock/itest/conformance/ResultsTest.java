package dev.paddock.itest.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What is heard of tests that pass, fail, are skipped, or have several parameters. */
class ResultsTest {
    /** Not a test of ours: some of it is meant to fail. */
    static class Played {
        @Test
        void passes() {}

        @Test
        void fails() {
            throw new AssertionError("meant to");
        }

        @Test
        void isSkipped() {
            assumeTrue(false, "not here");
        }

        @Test
        void hasNoWords() {
            throw new NotInClient("no words");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void failsOnce(int number) {
            assertThat(number).isNotEqualTo(2);
        }
    }

    /** Skipped as a whole. */
    static class Closed {
        @BeforeAll
        static void isNotHere() {
            assumeTrue(false, "closed");
        }

        @Test
        void wouldPass() {}
    }

    private static Map<String, Outcome.Kind> heardOf(Class<?> type) {
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(type))
                .build();
        var config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherFactory.create(config).execute(request, new Results());
        return Results.heard().entrySet().stream()
                .filter(e -> e.getKey().startsWith(type.getName() + '#'))
                .collect(Collectors.toMap(
                        e -> e.getKey().substring(type.getName().length() + 1),
                        e -> e.getValue().kind()));
    }

    @Test
    void theWorstOfATestIsKept() {
        assertThat(heardOf(Played.class))
                .isEqualTo(Map.of(
                        "passes",
                        Outcome.Kind.PASSED,
                        "fails",
                        Outcome.Kind.FAILED,
                        "isSkipped",
                        Outcome.Kind.SKIPPED,
                        "hasNoWords",
                        Outcome.Kind.ABSENT,
                        "failsOnce",
                        Outcome.Kind.FAILED));
    }

    @Test
    void whatSkipsAClassSkipsItsTests() {
        assertThat(heardOf(Closed.class)).isEqualTo(Map.of("wouldPass", Outcome.Kind.SKIPPED));
    }
}
