package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.runner.protocol.Message;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {
    @Test
    void whatNobodySetHasItsDefault() {
        var settings = settings(Map.of());
        assertThat(settings.tuning()).isEqualTo(new Message.Tuning(-1, 0, true));
        assertThat(settings.progress()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.quarantine())
                .isEqualTo(new Quarantine.Rules(3, Duration.ofMinutes(5), Duration.ofMinutes(10)));
        assertThat(settings.resumes()).isEqualTo(2);
    }

    @Test
    void sizesHaveUnits() {
        assertThat(settings(Map.of("cache_host", "0")).tuning().hostCacheBytes())
                .isZero();
        assertThat(settings(Map.of("cache_host", "2g")).tuning().hostCacheBytes())
                .isEqualTo(2L << 30);
        assertThat(settings(Map.of("cache_disk", "10G")).tuning().diskCacheBytes())
                .isEqualTo(10L << 30);
        assertThat(settings(Map.of("cache_disk", "1500m")).tuning().diskCacheBytes())
                .isEqualTo(1500L << 20);
        assertThat(settings(Map.of("cache_disk", "2147483648")).tuning().diskCacheBytes())
                .isEqualTo(2L << 30);
        assertThat(settings(Map.of("speculative", "off")).tuning().speculate()).isFalse();
    }

    @Test
    void whatCannotBeUsedIsRefusedByName() {
        assertRefused("cache_host", "a lot", "cache.host");
        assertRefused("cache_host", "-1", "cache.host");
        assertRefused("cache_disk", "auto", "cache.disk");
        assertRefused("cache_disk", "999999999t", "cache.disk");
        assertRefused("speculative", "on", "speculative");
        assertRefused("quarantine_deaths", -1, "quarantine.deaths");
        assertRefused("quarantine_time", "soon", "quarantine.time");
        assertRefused("progress_timeout", "-2m", "progress.timeout");
    }

    private static void assertRefused(String method, Object value, String key) {
        assertThatThrownBy(() -> settings(Map.of(method, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(ProcessEngine.PID)
                .hasMessageContaining(key)
                .hasMessageContaining(value.toString());
    }

    private static EngineSettings settings(Map<String, Object> set) {
        var config = (EngineConfig) Proxy.newProxyInstance(
                EngineConfig.class.getClassLoader(),
                new Class<?>[] {EngineConfig.class},
                (_, method, _) -> set.getOrDefault(method.getName(), method.getDefaultValue()));
        return EngineSettings.of(config);
    }
}
