package dev.paddock.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFilesTest {
    @TempDir
    Path temp;

    private Site site() {
        Path install = temp.resolve("install");
        Terminal none = new Terminal(false, false, false);
        InputStream empty = InputStream.nullInputStream();
        return new Site(
                HostAddress.DEFAULT, temp.resolve("home"), Optional.of(install), none, empty, System.out, System.err);
    }

    private Path directory(String path, long used) throws IOException {
        Path directory = Files.createDirectories(temp.resolve(path));
        Files.createFile(directory.resolve("runner.jar"));
        Files.createFile(directory.resolve("libggml-cpu-x64.so"));
        Files.createFile(directory.resolve("libggml-cpu-haswell.so"));
        return Files.setLastModifiedTime(directory, FileTime.fromMillis(used));
    }

    @Test
    void theFilesUsedLastAreFoundBesideTheProgramAndInTheHome() throws IOException {
        assertThat(EngineFiles.find(site())).isEmpty();
        Files.createDirectories(temp.resolve("home/engine/.new-1"));
        assertThat(EngineFiles.find(site())).as("one that is being made").isEmpty();
        Path old = directory("install/cache/engine/linux-x64-cpu-1", 1000);
        assertThat(EngineFiles.find(site())).hasValue(new EngineFiles(old));
        Path recent = directory("home/engine/linux-x64-cpu-2", 2000);
        assertThat(EngineFiles.find(site())).hasValue(new EngineFiles(recent));
    }

    @Test
    void forTheCpuThoseWithAnotherBackendAreNotFoundHoweverRecent() throws IOException {
        Path cpu = directory("home/engine/linux-x64-cpu-1", 1000);
        Path vulkan = directory("home/engine/linux-x64-vulkan-cpu-2", 2000);
        Files.createFile(vulkan.resolve("libggml-vulkan.so"));
        Files.setLastModifiedTime(vulkan, FileTime.fromMillis(2000));
        assertThat(EngineFiles.find(site())).hasValue(new EngineFiles(vulkan));
        assertThat(EngineFiles.onCpu(site())).hasValue(new EngineFiles(cpu));
    }

    @Test
    void whereAModelComputesIsTheServersToSay() {
        Map<String, Object> here = Map.of("name", "m:latest", "paddock", Map.of("placement", Map.of("layers", 17L)));
        Map<String, Object> running = Map.of("models", List.of(Map.of("name", "other:latest"), here));
        assertThat(BenchModel.layersOnDevices(running, "m")).isEqualTo(17);
        assertThat(BenchModel.layersOnDevices(running, "m:latest")).isEqualTo(17);
        assertThat(BenchModel.layersOnDevices(running, "other")).isZero();
    }

    @Test
    void backendsAreToldByTheirFiles() throws IOException {
        EngineFiles files = new EngineFiles(directory("home/engine/x", 1));
        assertThat(files.cpuVariants()).containsExactly("libggml-cpu-haswell.so", "libggml-cpu-x64.so");
        assertThat(files.hasGpu()).isFalse();
        Files.createFile(files.directory().resolve("libggml-vulkan.so"));
        assertThat(files.hasGpu()).isTrue();
    }

    @Test
    void theRawLoopSaysSpeedsOfTheStreamsItWasAskedFor() {
        Map<String, Object> said =
                Map.of("streams", 4L, "prompt_tps", List.of(1.0, 2.0), "decode_tps", List.of(3.0, 4L));
        assertThat(RawLoop.speeds(said, 4)).isEqualTo(new RawLoop.Speeds(2, 4));
        assertThatThrownBy(() -> RawLoop.speeds(said, 8)).hasMessageContaining("8 streams");
        assertThatThrownBy(() -> RawLoop.speeds(Map.of("prompt_tps", List.of(1.0)), 1))
                .hasMessageContaining("decode_tps");
    }

    @Test
    void theWeightsAreThoseTheModelfileIsFrom() {
        assertThat(BenchModel.weights("# FROM other\n\nFROM /models/a b.gguf\nPARAMETER x 1\n"))
                .isEqualTo(Path.of("/models/a b.gguf"));
        assertThat(BenchModel.weights("SYSTEM x")).isEqualTo(Path.of(""));
    }
}
