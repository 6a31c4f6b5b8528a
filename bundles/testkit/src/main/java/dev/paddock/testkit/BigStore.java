package dev.paddock.testkit;

import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Writes a models directory of any size, as Ollama would have left it: five blobs a model, none shared. */
public final class BigStore {
    private static final String TYPES = "application/vnd.ollama.image.";
    private static final String[] HOSTS = {"registry.ollama.ai/library", "registry.ollama.ai/people", "hf.co/org"};

    private final Path models;

    private BigStore(Path models) {
        this.models = models;
    }

    /**
     * @param models the directory; its parent exists
     * @param count how many models
     * @param weights the GGUF file of each; all are to differ
     */
    public static void write(Path models, int count, IntFunction<byte[]> weights) throws IOException {
        Files.createDirectories(models.resolve("blobs"));
        var store = new BigStore(models);
        for (int number = 0; number < count; number++) store.model(number, weights.apply(number));
    }

    private void model(int number, byte[] weights) throws IOException {
        String config = "{\"model_format\":\"gguf\",\"model_family\":\"llama\",\"model_type\":\"" + number
                + "K\",\"file_type\":\"Q8_0\",\"architecture\":\"amd64\",\"os\":\"linux\"}";
        List<String> layers = new ArrayList<>();
        layers.add(layer("model", weights));
        layers.add(layer("system", bytes("You are number " + number + ".")));
        layers.add(layer("params", bytes("{\"seed\":" + number + "}")));
        layers.add(layer("license", bytes("Licence number " + number)));
        String manifest = "{\"schemaVersion\":2,\"config\":"
                + reference("application/vnd.docker.container.image.v1+json", bytes(config)) + ",\"layers\":["
                + String.join(",", layers) + "]}";
        String name = HOSTS[number % HOSTS.length] + "/model-" + number / 2;
        Path directory = Files.createDirectories(models.resolve("manifests").resolve(name));
        Files.writeString(directory.resolve("tag-" + number), manifest);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String layer(String type, byte[] content) throws IOException {
        return reference(TYPES + type, content);
    }

    private String reference(String type, byte[] content) throws IOException {
        Digest digest = Digest.of(content);
        Files.write(models.resolve("blobs").resolve(digest.fileName()), content);
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + content.length + "}";
    }
}
