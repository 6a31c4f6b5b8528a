package dev.paddock.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SiteTest {
    @Test
    void historyIsKeptUnlessTheEnvironmentForbidsIt() {
        assertThat(Site.historyAllowed(Map.of())).isTrue();
        assertThat(Site.historyAllowed(Map.of("PADDOCK_NOHISTORY", "1"))).isFalse();
        assertThat(Site.historyAllowed(Map.of("OLLAMA_NOHISTORY", "true"))).isFalse();
        assertThat(Site.historyAllowed(Map.of("OLLAMA_NOHISTORY", "false"))).isTrue();
        assertThat(Site.historyAllowed(Map.of("PADDOCK_NOHISTORY", "0", "OLLAMA_NOHISTORY", "1")))
                .isTrue();
    }
}
