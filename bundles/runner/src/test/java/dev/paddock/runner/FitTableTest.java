package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FitTableTest {
    @Test
    void minusOneAsksForAllAndForQuartersOfThem() {
        assertThat(FitTable.layers(new int[] {-1}, 33)).containsExactly(33, 25, 17, 9);
    }

    @Test
    void eachNumberIsAskedOnceAndNoneAboveAll() {
        assertThat(FitTable.layers(new int[] {0, 99, -1, 2}, 2)).containsExactly(0, 2, 1);
    }
}
