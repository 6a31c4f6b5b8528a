package dev.paddock.engine;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.LoadOrder;
import dev.paddock.api.engine.NativeFile;
import dev.paddock.api.model.Digest;
import dev.paddock.engine.backend.Choices;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.ValueType;
import dev.paddock.runner.protocol.Connection;
import dev.paddock.runner.protocol.Message;
import dev.paddock.testkit.FakeVocabulary;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Engines whose runners are {@link ScriptedRunner}s, and model files for them. */
final class ScriptedEngine {
    static final EngineSettings.BackendRules BACKENDS = new EngineSettings.BackendRules(
            Duration.ofSeconds(20), Duration.ZERO, Duration.ofSeconds(20), Choices.NONE, new Canary.Rules(0.5, 0));

    static final EngineSettings SETTINGS = settings(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofSeconds(3),
            Message.Tuning.PLAIN,
            new Quarantine.Rules(0, Duration.ofMinutes(5), Duration.ofMinutes(10)),
            EngineSettings.MOST_RESUMES);

    private ScriptedEngine() {}

    private static EngineSettings settings(
            Duration silence,
            Duration progress,
            Duration stop,
            Message.Tuning tuning,
            Quarantine.Rules quarantine,
            int resumes) {
        return new EngineSettings(
                "256m",
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                silence,
                progress,
                stop,
                Duration.ofSeconds(30),
                tuning,
                quarantine,
                resumes,
                BACKENDS);
    }

    /** The usual settings with other limits. */
    static EngineSettings settings(Duration silence, Duration progress, Duration stop) {
        return settings(silence, progress, stop, SETTINGS.tuning(), SETTINGS.quarantine(), SETTINGS.resumes());
    }

    /** The usual settings with a quarantine. */
    static EngineSettings settings(Quarantine.Rules quarantine) {
        return settings(SETTINGS.tuning(), quarantine, SETTINGS.resumes());
    }

    /** The usual settings, with generations that survive so many deaths. */
    static EngineSettings resuming(int times) {
        return settings(SETTINGS.tuning(), SETTINGS.quarantine(), times);
    }

    /** The usual settings with other things that runners are told. */
    static EngineSettings settings(Message.Tuning tuning) {
        return settings(tuning, SETTINGS.quarantine(), SETTINGS.resumes());
    }

    private static EngineSettings settings(Message.Tuning tuning, Quarantine.Rules quarantine, int resumes) {
        return settings(SETTINGS.silence(), SETTINGS.progress(), SETTINGS.stop(), tuning, quarantine, resumes);
    }

    /** The usual settings with other rules for backends. */
    static EngineSettings settings(EngineSettings.BackendRules backends) {
        return new EngineSettings(
                SETTINGS.heap(),
                SETTINGS.start(),
                SETTINGS.load(),
                SETTINGS.silence(),
                SETTINGS.progress(),
                SETTINGS.stop(),
                SETTINGS.quantize(),
                SETTINGS.tuning(),
                SETTINGS.quarantine(),
                SETTINGS.resumes(),
                backends);
    }

    /** The usual settings with other patience for a quantizer. */
    static EngineSettings quantizing(Duration patience) {
        return new EngineSettings(
                SETTINGS.heap(),
                SETTINGS.start(),
                SETTINGS.load(),
                SETTINGS.silence(),
                SETTINGS.progress(),
                SETTINGS.stop(),
                patience,
                SETTINGS.tuning(),
                SETTINGS.quarantine(),
                SETTINGS.resumes(),
                SETTINGS.backends());
    }

    static ProcessEngine in(Path home, EngineSettings settings) throws IOException {
        var engine = new ProcessEngine(places(home), settings, ScriptedEngine::scripted);
        engine.addBackend(backend(home));
        return engine;
    }

    static ProcessEngine.Places places(Path home) {
        return new ProcessEngine.Places(home.resolve("engine"), home.resolve("prefixes"), home.resolve("fits"));
    }

    static RunnerCommand scripted(RunnerCommand command) {
        return new RunnerCommand(
                command.java(), classPath(), ScriptedRunner.class.getName(), command.heap(), command.archive());
    }

    private static String classPath() {
        return Stream.of(ScriptedRunner.class, Connection.class, LoadOrder.class, FakeVocabulary.class)
                .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
                .map(url -> Path.of(URI.create(url.toString())).toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A CPU backend of one file that nobody loads. */
    static Backend backend(Path directory) throws IOException {
        return backend(directory, new BackendKey(BackendKey.CPU, "1.0.0"), "no library");
    }

    /** A backend of one file, whose text tells a {@link ScriptedRunner} what a probe sees. */
    static Backend backend(Path directory, BackendKey key, String text) throws IOException {
        var name = "libggml-" + key.id() + ".so";
        var folder = Files.createDirectories(directory.resolve("backends").resolve(key.version()));
        var file = Files.writeString(folder.resolve(name), text);
        var natives = List.of(new NativeFile(
                name, Digest.of(Files.readAllBytes(file)).hex(), file.toUri().toURL()));
        return new ScriptedBackend(key, natives);
    }

    private record ScriptedBackend(BackendKey key, List<NativeFile> files) implements Backend {
        @Override
        public int order() {
            return key.id().equals(BackendKey.CPU) ? 100 : 0;
        }
    }

    /** A sound model file whose name directs the runner. */
    static LoadOrder order(Path home, String behaviour) throws IOException {
        Path weights = home.resolve(behaviour + ".gguf");
        weights(weights, 1);
        return order(weights);
    }

    /** The smallest file that the gate takes for a model. */
    static void weights(Path file, int blocks) throws IOException {
        new GgufWriter()
                .text("general.architecture", "scripted")
                .uint32("scripted.block_count", blocks)
                .uint32("scripted.context_length", 64)
                .uint32("scripted.embedding_length", 1)
                .uint32("scripted.attention.head_count", 1)
                .text("tokenizer.ggml.model", "gpt2")
                .bool("tokenizer.ggml.add_bos_token", false)
                .array("tokenizer.ggml.tokens", ValueType.STRING, List.of("a"))
                .tensor("token_embd.weight", GgmlType.F32, List.of(1L), out -> out.write(ByteBuffer.allocate(4)))
                .write(file);
    }

    static LoadOrder order(Path weights) {
        return new LoadOrder("scripted:latest", weights, "", 512, 0, 2, 1);
    }
}
