package dev.paddock.gguf.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufLimits;
import dev.paddock.gguf.GgufWriter;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsGateTest {
    @TempDir
    Path dir;

    private static SettingsGate.Config config(GgufLimits limits) {
        return config(limits, limits.keyValues());
    }

    private static SettingsGate.Config config(GgufLimits limits, int keyValues) {
        return new SettingsGate.Config() {
            @Override
            public long header_bytes() {
                return limits.headerBytes();
            }

            @Override
            public int string_bytes() {
                return limits.stringBytes();
            }

            @Override
            public int array_elements() {
                return limits.arrayElements();
            }

            @Override
            public int array_depth() {
                return limits.arrayDepth();
            }

            @Override
            public int key_values() {
                return keyValues;
            }

            @Override
            public int tensors() {
                return limits.tensors();
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return SettingsGate.Config.class;
            }
        };
    }

    @Test
    void theDefaultsOfSettingsAndLibraryAreTheSame() throws NoSuchMethodException {
        var config = SettingsGate.Config.class;
        var limits = GgufLimits.DEFAULTS;
        assertThat(config.getMethod("header_bytes").getDefaultValue()).isEqualTo(limits.headerBytes());
        assertThat(config.getMethod("string_bytes").getDefaultValue()).isEqualTo(limits.stringBytes());
        assertThat(config.getMethod("array_elements").getDefaultValue()).isEqualTo(limits.arrayElements());
        assertThat(config.getMethod("array_depth").getDefaultValue()).isEqualTo(limits.arrayDepth());
        assertThat(config.getMethod("key_values").getDefaultValue()).isEqualTo(limits.keyValues());
        assertThat(config.getMethod("tensors").getDefaultValue()).isEqualTo(limits.tensors());
    }

    @Test
    void aChangedLimitHoldsForTheNextFile() throws IOException {
        Path file = dir.resolve("two.gguf");
        new GgufWriter().uint32("a", 1).uint32("b", 2).write(file);
        var gate = new SettingsGate(config(GgufLimits.DEFAULTS));
        assertThat(gate.read(file).metadata()).hasSize(2);
        gate.modified(config(GgufLimits.DEFAULTS, 1));
        assertThatThrownBy(() -> gate.read(file))
                .isInstanceOf(GgufException.class)
                .hasMessageContaining("metadata entries is 2, the limit is 1");
    }

    @Test
    void aLimitThatCannotBeLeavesTheOthersAsTheyWere() {
        var gate = new SettingsGate(config(GgufLimits.DEFAULTS, 7));
        gate.modified(config(GgufLimits.DEFAULTS, 0));
        assertThat(gate.limits().keyValues()).isEqualTo(7);
    }
}
