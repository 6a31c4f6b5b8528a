package dev.paddock.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserEnvironmentTest {
    @Test
    void ourVariableWinsOverTheOneOfOllama() {
        Map<String, String> both = Map.of("PADDOCK_HOST", "a", "OLLAMA_HOST", "b");
        assertThat(UserEnvironment.variable(both, "HOST")).isEqualTo("a");
        assertThat(UserEnvironment.variable(Map.of("PADDOCK_HOST", " ", "OLLAMA_HOST", "b"), "HOST"))
                .isEqualTo("b");
        assertThat(UserEnvironment.variable(Map.of(), "HOST")).isEmpty();
    }

    @Test
    void blanksAndQuotesAroundAValueAreNoPartOfIt() {
        assertThat(UserEnvironment.trimmed("\t' \"a b\" '")).isEqualTo("a b");
        assertThat(UserEnvironment.trimmed("\"\"")).isEmpty();
    }

    @Test
    void theHomeIsTheUsersOwnUnlessAnotherIsNamed() {
        assertThat(UserEnvironment.home(Map.of("PADDOCK_HOME", "\"/srv/paddock\"")))
                .isEqualTo(Path.of("/srv/paddock"));
        assertThat(UserEnvironment.home(Map.of())).isEqualTo(Path.of(System.getProperty("user.home"), ".paddock"));
    }
}
