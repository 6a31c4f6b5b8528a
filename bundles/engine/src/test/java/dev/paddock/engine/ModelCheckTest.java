package dev.paddock.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.GgufLimits;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.MetadataValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCheckTest {
    @TempDir
    Path home;

    private void refused(Path weights, String... words) {
        var check = new ModelCheck(GgufGate.of(GgufLimits.DEFAULTS));
        assertThatThrownBy(() -> check.checked(ScriptedEngine.order(weights)))
                .isInstanceOf(PaddockException.class)
                .message()
                .contains(words)
                .doesNotContain(home.toString());
    }

    @Test
    void anOlderLayoutIsNamedWithWhatToDo() throws IOException {
        Path old = home.resolve("old.gguf");
        new GgufWriter().text("general.architecture", "gptoss").write(old);
        refused(old, "old.gguf of scripted:latest", "older layout of Ollama's for gptoss", "converter");
        new GgufWriter().text("general.architecture", "olmo3").write(old);
        refused(old, "olmo3", "create the model again from this file");
    }

    @Test
    void whatWouldEndTheRunnerIsRefusedInWords() throws IOException {
        Path sound = home.resolve("sound.gguf");
        ScriptedEngine.weights(sound, 1);
        Path odd = home.resolve("odd.gguf");
        var edit = new GgufEdit.Builder()
                .put("scripted.block_count", MetadataValue.uint32(0))
                .build();
        GgufCopy.write(sound, edit, odd);
        refused(odd, "says 0 under scripted.block_count; allowed are 1 to 512");
    }

    @Test
    void aMissingAndABrokenFileAreTold() throws IOException {
        refused(home.resolve("none.gguf"), "it is not there; create or pull the model again");
        refused(Files.writeString(home.resolve("b.gguf"), "no GGUF at all"), "does not begin with \"GGUF\"", "again");
    }

    @Test
    void aSoundFileIsReadOnceForEachStateOfIt() throws IOException {
        var reads = new AtomicInteger();
        var check = new ModelCheck(new GgufGate() {
            @Override
            public GgufLimits limits() {
                return GgufLimits.DEFAULTS;
            }

            @Override
            public GgufFile read(Path file) throws IOException {
                reads.incrementAndGet();
                return GgufGate.super.read(file);
            }
        });
        Path sound = home.resolve("sound.gguf");
        ScriptedEngine.weights(sound, 1);
        check.checked(ScriptedEngine.order(sound));
        check.checked(ScriptedEngine.order(sound));
        assertThat(reads).hasValue(1);
        ScriptedEngine.weights(sound, 1000);
        assertThatThrownBy(() -> check.checked(ScriptedEngine.order(sound))).hasMessageContaining("says 1000");
    }
}
