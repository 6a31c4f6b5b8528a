package dev.paddock.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The names of all metrics, against those that the dashboard draws and the documentation explains. */
class NamesTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern NAME = Pattern.compile("\\b(?:paddock|jvm|process)_[a-z_]+[a-z]\\b");
    private static final Pattern PART = Pattern.compile("_(total|bucket|sum|count)$");

    /** Takes note of what is registered, as nothing shows up on the page before it was counted once. */
    private static final class Names extends PrometheusRegistry {
        private final Set<String> all = new TreeSet<>();

        @Override
        public void register(Collector collector) {
            all.add(collector.getPrometheusName());
            super.register(collector);
        }
    }

    private static Set<String> registered() {
        var names = new Names();
        var _ = new Families(names);
        new Gauges(new Activity(), () -> null, () -> null).register(names);
        Machine.register(names);
        return names.all;
    }

    private static Set<String> namedIn(String file) throws Exception {
        return NAME.matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map(match -> PART.matcher(match.group()).replaceFirst(""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theDashboardDrawsOnlyWhatThereIs() throws Exception {
        assertThat(namedIn("distribution/src/paddock/grafana/paddock.json"))
                .hasSizeGreaterThan(20)
                .isSubsetOf(registered());
    }

    @Test
    void theDocumentationExplainsAllThatThereIsAndNothingElse() throws Exception {
        assertThat(namedIn("docs/operations.md")).isEqualTo(registered());
    }
}
