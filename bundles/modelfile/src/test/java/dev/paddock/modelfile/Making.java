package dev.paddock.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.StoredModel;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufCopy;
import dev.paddock.gguf.GgufEdit;
import dev.paddock.gguf.GgufGate;
import dev.paddock.gguf.GgufLimits;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.gguf.MetadataValue;
import dev.paddock.gguf.random.RandomModel;
import dev.paddock.store.FileModelStore;
import dev.paddock.testkit.FakeEngine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A store in a directory, an engine that only seems to quantize, and the builder under test. */
final class Making implements AutoCloseable {
    static final String JINJA = "{% for m in messages %}{{ m.content }}{% endfor %}";

    private static final Map<String, byte[]> RANDOM = new ConcurrentHashMap<>();

    final FileModelStore store;
    final FakeEngine engine = new FakeEngine();
    final StoredModelBuilder builder;
    final List<Progress> told = new ArrayList<>();
    private final Path models;

    Making(Path directory) {
        models = directory.resolve("models");
        store = FileModelStore.at(models);
        builder = new StoredModelBuilder(store, store, GgufGate.of(GgufLimits.DEFAULTS), 3);
        builder.setEngine(engine);
    }

    @Override
    public void close() {
        store.close();
    }

    StoredModel build(String name, ModelRecipe recipe) {
        told.clear();
        return builder.build(ModelName.parse(name), recipe, told::add);
    }

    List<String> steps() {
        return told.stream().map(Progress::status).distinct().toList();
    }

    Digest upload(byte[] content) {
        return store.put(new ByteArrayInputStream(content)).digest();
    }

    Map<String, Digest> upload(String name, GgufWriter writer) {
        return upload(name, bytes(writer));
    }

    Map<String, Digest> upload(String name, byte[] content) {
        return Map.of(name, upload(content));
    }

    /** Files of the store, without the names of temporary ones. */
    Set<String> blobs() throws IOException {
        try (var files = Files.list(models.resolve("blobs"))) {
            return new TreeSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    /** Expects a failure that leaves no model of that name and no file that was not there before. */
    void refused(ModelRecipe recipe, Fault fault, String words) throws IOException {
        Set<String> before = blobs();
        assertThatThrownBy(() -> build("refused", recipe))
                .isInstanceOfSatisfying(
                        PaddockException.class, e -> assertThat(e.fault()).isEqualTo(fault))
                .hasMessageContaining(words);
        assertThat(store.find(ModelName.parse("refused"))).isEmpty();
        assertThat(blobs()).isEqualTo(before);
    }

    static ModelRecipe files(Map<String, Digest> files) {
        return ModelRecipe.of(ModelRecipe.Source.of(files));
    }

    static ModelRecipe from(String parent) {
        return ModelRecipe.of(ModelRecipe.Source.of(ModelName.parse(parent)));
    }

    static ModelRecipe from(String parent, ModelRecipe.Changes changes) {
        return new ModelRecipe(ModelRecipe.Source.of(ModelName.parse(parent)), ModelRecipe.Packing.KEEP, changes);
    }

    /** A parent, or none when the name is empty, with files beside it. */
    static ModelRecipe beside(
            String parent, Map<String, Digest> files, Map<String, Digest> drafts, Map<String, Digest> adapters) {
        Optional<ModelName> from = parent.isEmpty() ? Optional.empty() : Optional.of(ModelName.parse(parent));
        return ModelRecipe.of(new ModelRecipe.Source(from, files, drafts, adapters));
    }

    static ModelRecipe packed(ModelRecipe recipe, String quantize, String draftQuantize, boolean requantize) {
        return new ModelRecipe(
                recipe.source(), new ModelRecipe.Packing(quantize, draftQuantize, requantize), recipe.changes());
    }

    /**
     * A model of random weights that could be loaded.
     *
     * @param salt makes it another one
     * @param template empty = none
     */
    static byte[] model(String salt, String type, String template) {
        GgufEdit.Builder edit = new GgufEdit.Builder().put("general.name", MetadataValue.text(salt));
        if (template.isEmpty()) edit.removeKey("tokenizer.chat_template");
        else edit.put("tokenizer.chat_template", MetadataValue.text(template));
        var out = new ByteArrayOutputStream();
        try {
            Path file = Files.createTempFile("random", ".gguf");
            try {
                Files.write(file, RANDOM.computeIfAbsent(type, Making::random));
                GgufCopy.write(file, edit.build(), Channels.newChannel(out), GgufLimits.DEFAULTS);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] random(String type) {
        try {
            Path file = Files.createTempFile("random", ".gguf");
            try {
                RandomModel.write("tiny", type, 1, file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] packedModel(String salt) {
        return model(salt, "q8_0", "");
    }

    static byte[] plainModel(String salt) {
        return model(salt, "f16", "");
    }

    /** A file that is beside a model. */
    static GgufWriter other(String type, String architecture) {
        return new GgufWriter()
                .text("general.type", type)
                .text("general.architecture", architecture)
                .tensor("t", GgmlType.F32, List.of(1L), out -> out.write(ByteBuffer.allocate(4)));
    }

    static byte[] bytes(GgufWriter writer) {
        var out = new ByteArrayOutputStream();
        try {
            writer.write(Channels.newChannel(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The blobs that a model names, by media type without its prefix. */
    List<String> layers(String model) {
        return store.manifest(ModelName.parse(model)).orElseThrow().manifest().layers().stream()
                .map(layer -> layer.mediaType().substring(layer.mediaType().lastIndexOf('.') + 1))
                .toList();
    }
}
