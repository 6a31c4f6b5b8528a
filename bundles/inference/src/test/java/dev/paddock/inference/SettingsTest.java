package dev.paddock.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.inference.ContextPolicy;
import java.lang.annotation.Annotation;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private record Words(String context_policy, String cache_share, boolean tools_prompted)
            implements LeasedInference.Config {
        @Override
        public Class<? extends Annotation> annotationType() {
            return LeasedInference.Config.class;
        }
    }

    @Test
    void wordsBecomeSettings() {
        assertThat(Settings.of(new Words("shift", "server", false)))
                .isEqualTo(new Settings(ContextPolicy.SHIFT, true, false));
        assertThat(Settings.of(new Words("error", "identity", true))).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void anUnknownWordIsNamedWithThoseAllowed() {
        assertThatThrownBy(() -> Settings.of(new Words("cut", "server", true)))
                .hasMessage("dev.paddock.inference: context.policy is cut; it must be error, truncate or shift");
        assertThatThrownBy(() -> Settings.of(new Words("error", "all", true)))
                .hasMessageContaining("identity or server");
    }
}
