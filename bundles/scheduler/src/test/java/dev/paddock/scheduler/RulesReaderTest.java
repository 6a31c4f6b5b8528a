package dev.paddock.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.scheduler.KeepAlive;
import dev.paddock.api.scheduler.SchedulingPolicy.Offload.Mode;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesReaderTest {
    private static Rules read(Map<String, Object> changed) {
        var config = (SchedulerConfig) Proxy.newProxyInstance(
                SchedulerConfig.class.getClassLoader(),
                new Class<?>[] {SchedulerConfig.class},
                (_, method, _) -> changed.getOrDefault(method.getName(), method.getDefaultValue()));
        return RulesReader.read(config);
    }

    private static Rules read(String key, Object value) {
        return read(Map.of(key, value));
    }

    @Test
    void theDefaultsAreAsDescribed() {
        var rules = read(Map.of());
        assertThat(rules.residency())
                .isEqualTo(new Rules.Residency(KeepAlive.parse("5m"), 3, ModelNames.NONE, ModelNames.NONE));
        assertThat(rules.fairness())
                .isEqualTo(new Rules.Fairness(
                        512, 0, 0, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(60)));
        assertThat(rules.placing()).isEqualTo(TestRules.placing(TestRules.AUTO, Rules.Rebalance.IDLE));
    }

    @Test
    void offloadIsAWordOrANumberOfLayers() {
        assertThat(read("offload", " ALL ").placing().offload().mode()).isEqualTo(Mode.ALL);
        assertThat(read("offload", "none").placing().offload().mode()).isEqualTo(Mode.NONE);
        var some = read("offload", "12").placing().offload();
        assertThat(some.mode()).isEqualTo(Mode.EXACTLY);
        assertThat(some.layers()).isEqualTo(12);
        assertThat(read("require_gpu", true).placing().offload().gpuRequired()).isTrue();
    }

    @Test
    void rebalanceIsOneOfThreeWords() {
        assertThat(read("rebalance", "Immediate").placing().rebalance()).isEqualTo(Rules.Rebalance.IMMEDIATE);
        assertThat(read("rebalance", "never").placing().rebalance()).isEqualTo(Rules.Rebalance.NEVER);
    }

    @Test
    void modelsAreNamedAsElsewhere() {
        var rules = read(Map.of("preload", new String[] {"a", "A:latest", "b:1b"}, "pinned", new String[] {"c"}));
        assertThat(rules.residency().preload().names()).hasSize(2);
        assertThat(rules.residency().pinned().contain(ModelName.parse("C:latest")))
                .isTrue();
        assertThat(rules.residency().pinned().contain(ModelName.parse("a"))).isFalse();
    }

    @Test
    void aModelMayBeTiedToABackendOrToOneVersionOfIt() {
        var pins = read("backend_models", new String[] {"a=vulkan", "B:1b = cpu@1.2.0"})
                .placing()
                .pins();
        assertThat(pins.forModel(ModelName.parse("a"))).contains(BackendKey.newest("vulkan"));
        assertThat(pins.forModel(ModelName.parse("b:1b"))).contains(new BackendKey("cpu", "1.2.0"));
        assertThat(pins.forModel(ModelName.parse("b"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "offload, most, 'offload is most; write auto, all, none'",
        "offload, -1, 'offload is -1'",
        "rebalance, soon, 'rebalance is soon; write immediate, idle or never'",
        "keep_alive, x, 'keep.alive is x'",
        "plan_timeout, x, plan.timeout",
        "patience_longest, x, patience.longest"
    })
    void whatCannotBeUsedIsNamed(String key, String value, String said) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        "memory_margin, 91, memory.margin",
        "memory_margin, -1, memory.margin",
        "identity_running, -1, identity.running",
        "identity_waiting, -1, identity.waiting",
        "max_queue, -1, max.queue"
    })
    void numbersOutOfRangeAreNamed(String key, int value, String said) {
        assertThatThrownBy(() -> read(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({"preload, 'a b'", "pinned, 'a b'", "backend_models, a", "backend_models, 'a='", "backend_models, '=cpu'"
    })
    void listsWithEntriesThatMeanNothingAreNamed(String key, String entry) {
        assertThatThrownBy(() -> read(key, new String[] {entry}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key.replace('_', '.'));
    }

    @Test
    void aModelIsTiedOnce() {
        assertThatThrownBy(() -> read("backend_models", new String[] {"a=cpu", "A:latest=vulkan"}))
                .hasMessageContaining("has a backend already");
    }
}
