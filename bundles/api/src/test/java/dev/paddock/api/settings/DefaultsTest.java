package dev.paddock.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultsTest {
    private final List<String> told = new ArrayList<>();

    @interface Config {
        String patience() default "10s";
    }

    private Duration read(String patience) {
        var given = new Config() {
            @Override
            public String patience() {
                return patience;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return Config.class;
            }
        };
        return Defaults.read(
                Config.class, given, c -> Durations.setting("dev.paddock.x", "patience", c.patience()), told::add);
    }

    @Test
    void whatCanBeUsedIsUsed() {
        assertThat(read("3s")).isEqualTo(Duration.ofSeconds(3));
        assertThat(told).isEmpty();
    }

    @Test
    void whatCannotIsToldAndTheDefaultsStay() {
        assertThat(read("soon")).isEqualTo(Duration.ofSeconds(10));
        assertThat(told).singleElement().asString().startsWith("dev.paddock.x: patience is soon; write a duration");
    }
}
