package dev.paddock.backend.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CpuBackendTest {
    private final List<NativeFile> files = new CpuBackend("1.0.0").files();

    @Test
    void everyLibraryHasTheDigestThatTheIndexSays() throws IOException {
        assumeThat(files).as("the build packed libraries for this platform").isNotEmpty();
        for (NativeFile file : files) {
            try (var content = file.content().openStream()) {
                assertThat(Digest.of(content.readAllBytes()).hex())
                        .as(file.name())
                        .isEqualTo(file.sha256());
            }
        }
    }

    @Test
    void onALinuxPcThereIsALibraryForEveryCpuAndNothingElse() {
        assumeThat(NativeIndex.platform()).isEqualTo("linux-x64");
        assumeThat(files).as("the build packed libraries for this platform").isNotEmpty();
        Set<String> names = files.stream().map(NativeFile::name).collect(Collectors.toSet());
        assertThat(names).contains("libggml-cpu-x64.so").allMatch(name -> name.startsWith("libggml-cpu-"));
    }
}
