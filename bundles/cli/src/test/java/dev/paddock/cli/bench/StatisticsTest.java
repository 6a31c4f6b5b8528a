package dev.paddock.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void theMedianIsInTheMiddleWhateverTheOrder() {
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0))).hasValue(5);
        assertThat(Statistics.median(List.of(9.0, 1.0, 5.0, 3.0))).hasValue(4);
        assertThat(Statistics.median(List.of())).isEmpty();
    }

    @Test
    void aPercentileIsAlwaysAMeasuredValue() {
        List<Double> values = new ArrayList<>();
        for (int i = 1; i <= 200; i++) values.add((double) i);
        Collections.shuffle(values, new Random(1));
        assertThat(Statistics.percentile(values, 50)).hasValue(100);
        assertThat(Statistics.percentile(values, 90)).hasValue(180);
        assertThat(Statistics.percentile(values, 99)).hasValue(198);
        assertThat(Statistics.percentile(values, 100)).hasValue(200);
        assertThat(Statistics.percentile(List.of(7.0), 1)).hasValue(7);
        assertThat(Statistics.percentile(List.of(), 50)).isEmpty();
        assertThatThrownBy(() -> Statistics.percentile(values, 0)).hasMessageContaining("percent");
    }
}
