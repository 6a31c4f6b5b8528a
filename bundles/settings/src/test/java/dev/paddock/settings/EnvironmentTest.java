package dev.paddock.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.paddock.api.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private final List<String> complaints = new ArrayList<>();

    private List<Setting> read(Map<String, String> variables) {
        return new Environment(variables, complaints::add).settings();
    }

    @Test
    void eachVariableSetsItsKey() {
        var settings = read(Map.of(
                "OLLAMA_HOST", "0.0.0.0:8080",
                "OLLAMA_KEEP_ALIVE", "300",
                "OLLAMA_NOPRUNE", "1",
                "OLLAMA_MAX_QUEUE", " '7' ",
                "PADDOCK_THREADS", "3",
                "PATH", "/bin"));
        assertThat(settings)
                .extracting(Setting::pid, Setting::key, Setting::value, Setting::source)
                .containsExactlyInAnyOrder(
                        tuple("org.apache.felix.http", "org.apache.felix.http.host", "0.0.0.0", "OLLAMA_HOST"),
                        tuple("org.apache.felix.http", "org.osgi.service.http.port", 8080, "OLLAMA_HOST"),
                        tuple("dev.paddock.scheduler", "keep.alive", "300s", "OLLAMA_KEEP_ALIVE"),
                        tuple("dev.paddock.store", "prune", false, "OLLAMA_NOPRUNE"),
                        tuple("dev.paddock.scheduler", "max.queue", 7, "OLLAMA_MAX_QUEUE"),
                        tuple("dev.paddock.scheduler", "threads", 3, "PADDOCK_THREADS"));
        assertThat(complaints).isEmpty();
    }

    @Test
    void draftModelsAreAList() {
        var setting =
                read(Map.of("PADDOCK_DRAFT_MODELS", "a:8b=a:1b, b=hf.co/u/c ,")).getFirst();
        assertThat(setting.pid() + " " + setting.key()).isEqualTo("dev.paddock.scheduler draft.models");
        assertThat((String[]) setting.value()).containsExactly("a:8b=a:1b", "b=hf.co/u/c");
    }

    @Test
    void whereModelsGoAndWhoWaitsIsReadFromTheEnvironmentToo() {
        var settings = read(Map.of(
                "PADDOCK_OFFLOAD", " all ",
                "PADDOCK_REQUIRE_GPU", "true",
                "PADDOCK_REBALANCE", "never",
                "PADDOCK_MEMORY_MARGIN", "7",
                "PADDOCK_IDENTITY_RUNNING", "2",
                "PADDOCK_IDENTITY_WAITING", "9",
                "PADDOCK_MAX_LOADED_MODELS", "0"));
        assertThat(settings).extracting(Setting::pid).containsOnly("dev.paddock.scheduler");
        assertThat(settings)
                .as("where Ollama's zero means by itself, our default decides")
                .extracting(Setting::key, Setting::value)
                .containsExactlyInAnyOrder(
                        tuple("offload", "all"),
                        tuple("require.gpu", true),
                        tuple("rebalance", "never"),
                        tuple("memory.margin", 7),
                        tuple("identity.running", 2),
                        tuple("identity.waiting", 9));
        assertThat(complaints).isEmpty();
        assertThat(read(Map.of("PADDOCK_MEMORY_MARGIN", "much"))).isEmpty();
        assertThat(complaints).singleElement().asString().contains("PADDOCK_MEMORY_MARGIN", "whole number");
    }

    @Test
    void modelsAreNamedInLists() {
        for (String key : List.of("PRELOAD", "PINNED", "BACKEND_MODELS")) {
            var setting = read(Map.of("PADDOCK_" + key, "a:8b, b=vulkan ,")).getFirst();
            assertThat(setting.key()).isEqualTo(key.toLowerCase(Locale.ROOT).replace('_', '.'));
            assertThat((String[]) setting.value()).containsExactly("a:8b", "b=vulkan");
        }
    }

    @Test
    void theOneLibraryThatOllamaIsToldSwitchesTheOthersOff() {
        var setting = read(Map.of("OLLAMA_LLM_LIBRARY", "cuda_v12")).getFirst();
        assertThat(setting.key()).isEqualTo("backends.off");
        assertThat((String[]) setting.value()).containsExactly("vulkan", "metal");
        assertThat(complaints).isEmpty();
        assertThat(read(Map.of("OLLAMA_LLM_LIBRARY", "abacus"))).isEmpty();
        assertThat(complaints).singleElement().asString().contains("cpu, cuda, vulkan or metal");
    }

    @Test
    void aCanarysLimitsAreNumbers() {
        assertThat(read(Map.of("PADDOCK_CANARY_SPEED", "0.25")).getFirst().value())
                .isEqualTo(0.25);
        assertThat(read(Map.of("PADDOCK_CANARY_SPEED", "fast"))).isEmpty();
    }

    @Test
    void ourOwnPrefixWinsAndAnEmptyVariableIsUnset() {
        assertThat(read(Map.of("PADDOCK_MAX_QUEUE", "1", "OLLAMA_MAX_QUEUE", "2")))
                .extracting(Setting::value)
                .containsExactly(1);
        assertThat(read(Map.of("PADDOCK_MAX_QUEUE", " ", "OLLAMA_MAX_QUEUE", "2")))
                .extracting(Setting::value)
                .containsExactly(2);
    }

    @Test
    void aBadValueIsNamedAndTheDefaultStays() {
        assertThat(read(Map.of("OLLAMA_MAX_QUEUE", "many"))).isEmpty();
        assertThat(complaints).singleElement().asString().contains("OLLAMA_MAX_QUEUE", "many", "whole number");
    }

    @Test
    void aBadPortKeepsTheHostAndIsNamed() {
        assertThat(read(Map.of("PADDOCK_HOST", "10.0.0.1:66000")))
                .extracting(Setting::value)
                .containsExactlyInAnyOrder("10.0.0.1", 11434);
        assertThat(complaints).singleElement().asString().contains("PADDOCK_HOST", "66000");
    }

    @Test
    void anEmptyHostMeansAllInterfaces() {
        assertThat(read(Map.of("PADDOCK_HOST", ":0")))
                .extracting(Setting::value)
                .containsExactlyInAnyOrder("0.0.0.0", 0);
    }

    @Test
    void whatAServerCannotDoWithAnAddressIsSaid() {
        read(Map.of("PADDOCK_HOST", "https://example.com/x"));
        assertThat(complaints).hasSize(2);
    }

    @Test
    void unknownAndUnsupportedVariablesAreNamed() {
        read(Map.of(
                "PADDOCK_KEEPALIVE", "5m",
                "OLLAMA_FLASH_ATTENTION", "1",
                "OLLAMA_API_KEY", "secret",
                "PADDOCK_HOME", "/x",
                "PADDOCK_DEBUG", "1"));
        assertThat(complaints).hasSize(2);
        assertThat(complaints).anyMatch(c -> c.contains("PADDOCK_KEEPALIVE") && c.contains("PADDOCK_KEEP_ALIVE"));
        assertThat(complaints).anyMatch(c -> c.contains("OLLAMA_FLASH_ATTENTION"));
        assertThat(complaints).noneMatch(c -> c.contains("secret"));
    }
}
