package dev.paddock.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A strict reader of Prometheus' text format: every sample belongs to the family declared above it, no family and no
 * series comes twice, every line ends, histograms grow from bucket to bucket up to their count.
 */
final class Page {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) .+");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
    private static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"";
    private static final Pattern LABELS = Pattern.compile(LABEL);
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(" + LABEL + "(?:," + LABEL + ")*)})? ([0-9.eE+-]+|\\+Inf|NaN)");

    private final Map<String, Double> samples = new LinkedHashMap<>();

    static Page read(String text) {
        assertThat(text).endsWith("\n");
        var page = new Page();
        Set<String> families = new HashSet<>();
        String family = "";
        String type = "";
        for (String line : text.split("\n")) {
            Matcher help = HELP.matcher(line);
            Matcher typed = TYPE.matcher(line);
            if (help.matches()) continue;
            if (typed.matches()) {
                family = typed.group(1);
                type = typed.group(2);
                assertThat(families.add(family)).as("%s comes once", family).isTrue();
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as("\"%s\" is a sample", line).isTrue();
            String name = sample.group(1);
            if (type.equals("histogram")) assertThat(name).isIn(family + "_bucket", family + "_sum", family + "_count");
            else assertThat(name).isEqualTo(family);
            if (type.equals("counter")) assertThat(name).endsWith("_total");
            String series = name + "|" + sorted(sample.group(2) == null ? "" : sample.group(2));
            double value =
                    sample.group(3).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(sample.group(3));
            assertThat(page.samples.put(series, value))
                    .as("%s comes once", series)
                    .isNull();
        }
        page.checkBuckets();
        return page;
    }

    private void checkBuckets() {
        Map<String, Double> highest = new HashMap<>();
        samples.forEach((series, value) -> {
            if (!series.contains("_bucket|")) return;
            String whole = series.replaceAll("le=\"[^\"]*\",?", "").replace("_bucket|", "_count|");
            assertThat(value).as(series).isGreaterThanOrEqualTo(highest.getOrDefault(whole, 0.0));
            highest.put(whole, value);
            if (series.contains("le=\"+Inf\""))
                assertThat(samples.get(whole)).as(whole).isEqualTo(value);
        });
    }

    /** The order of labels means nothing. */
    private static String sorted(String labels) {
        return LABELS.matcher(labels).results().map(MatchResult::group).sorted().collect(Collectors.joining(","));
    }

    double value(String name, String labels) {
        String series = name + "|" + sorted(labels);
        assertThat(samples).containsKey(series);
        return samples.get(series);
    }

    long series(String name) {
        return samples.keySet().stream()
                .filter(series -> series.startsWith(name + "|"))
                .count();
    }
}
