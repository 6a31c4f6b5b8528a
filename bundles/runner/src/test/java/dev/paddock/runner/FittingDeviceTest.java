package dev.paddock.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the dry run tells against what a load takes. */
class FittingDeviceTest {
    private static final Percentage TOLERANCE = Percentage.withPercentage(5);

    @TempDir
    Path directory;

    @BeforeEach
    void assumeThere() {
        RealThings.assumeThere();
    }

    @Test
    void onTheCpuTheDryRunTellsWhatTheLoadTakes() throws IOException {
        Message.Fits fits = fits(libraries(false), "", 2048, 0);
        assertThat(fits.layers()).isEqualTo(7);
        Message.FitRow row = fits.rows().getFirst();
        assertThat(row.parallel()).isBetween(4, 16);
        compare(libraries(false), "", row);
    }

    @Test
    void aDraftModelIsPartOfIt() throws IOException {
        String draft = RealThings.MODEL.toString();
        Message.FitRow alone = fits(libraries(false), "", 512, 0).rows().getFirst();
        Message.FitRow both = fits(libraries(false), draft, 512, 0).rows().getFirst();
        assertThat(bytes(both)).isGreaterThan(bytes(alone));
        compare(libraries(false), draft, both);
    }

    @Test
    void onAGpuEachDeviceTakesWhatTheDryRunTold() throws IOException {
        assumeTrue(
                Files.exists(RealThings.NATIVES.resolve("libggml-vulkan.so")) && vulkan(),
                "no Vulkan backend or driver (cnf/natives/fetch linux-x64-vulkan, mesa-vulkan-drivers)");
        for (Message.FitRow row : fits(libraries(true), "", 512, -1).rows()) compare(libraries(true), "", row);
    }

    @Test
    void aFileThatIsNoModelIsToldAsDamaged() throws IOException {
        Path file = Files.writeString(directory.resolve("bad.gguf"), "not a model");
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.send(new Message.AskFit(
                    file.toString(), "", libraries(false), List.of(), sizes(0, 0, 0), new int[] {512}, new int[] {0}));
            assertThat(((Message.Failed) runner.receive()).code()).isEqualTo(Fault.MODEL_DAMAGED);
        }
    }

    private boolean vulkan() throws IOException {
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.send(new Message.Probe(libraries(true)));
            return ((Message.Probed) runner.receive()).devices().size() > 1;
        }
    }

    private Message.Fits fits(Message.Libraries libraries, String draft, int context, int layers) throws IOException {
        try (RunnerProcess runner = RunnerProcess.start(directory)) {
            runner.send(new Message.AskFit(
                    RealThings.MODEL.toString(),
                    draft,
                    libraries,
                    List.of(),
                    sizes(0, 0, 0),
                    new int[] {context},
                    new int[] {layers}));
            return (Message.Fits) runner.receive();
        }
    }

    private void compare(Message.Libraries libraries, String draft, Message.FitRow row) throws IOException {
        var order = new Message.Load(
                RealThings.MODEL.toString(),
                "",
                libraries,
                List.of(),
                sizes(row.contextLength(), row.parallel(), row.gpuLayers()),
                draft,
                "",
                Message.Tuning.PLAIN);
        try (RunnerProcess runner = RunnerProcess.loaded(directory, order)) {
            List<MemoryUse> measured = runner.facts().memory();
            assertThat(measured)
                    .extracting(MemoryUse::device)
                    .containsExactlyElementsOf(
                            row.uses().stream().map(MemoryUse::device).toList());
            for (int i = 0; i < measured.size(); i++) {
                assertThat((double) row.uses().get(i).bytes())
                        .as("%s, measured %s, %s", measured.get(i), row, draft)
                        .isCloseTo(measured.get(i).bytes(), TOLERANCE);
            }
            assertThat(runner.gpuLayers()).isCloseTo(row.gpuLayers(), within(0));
        }
    }

    private static long bytes(Message.FitRow row) {
        return row.uses().stream().mapToLong(MemoryUse::bytes).sum();
    }

    private static Message.Sizes sizes(int context, int parallel, int layers) {
        return new Message.Sizes(context, 0, 0, 0, parallel, 1, layers);
    }

    private static Message.Libraries libraries(boolean vulkan) throws IOException {
        var cpu = new Message.BackendFiles("cpu", RealThings.cpuVariants());
        var gpu = new Message.BackendFiles("vulkan", List.of("libggml-vulkan.so"));
        return new Message.Libraries(
                RealThings.NATIVES.toString(),
                vulkan ? List.of(gpu, cpu) : List.of(cpu),
                Map.of("GGML_VK_VISIBLE_DEVICES", "0"));
    }
}
