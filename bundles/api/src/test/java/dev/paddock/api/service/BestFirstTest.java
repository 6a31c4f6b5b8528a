package dev.paddock.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BestFirstTest {
    @Test
    void theHighestRankingComesFirstThenTheOldest() {
        var services = new BestFirst<String>();
        services.add("young", Map.of("service.id", 9L));
        services.add("low", Map.of("service.ranking", -1, "service.id", 1L));
        services.add("old", Map.of("service.id", 2L));
        services.add("high", Map.of("service.ranking", 5, "service.id", 10L));
        assertThat(services.stream()).containsExactly("high", "old", "young", "low");
    }

    @Test
    void whoGoesThroughThemIsNotDisturbed() {
        var services = new BestFirst<String>();
        services.add("a", Map.of());
        services.add("b", Map.of("service.id", 1L));
        var going = services.stream();
        services.remove("a");
        assertThat(going).containsExactly("a", "b");
        assertThat(services.stream()).containsExactly("b");
    }
}
