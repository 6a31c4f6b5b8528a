package dev.paddock.itest.e2e;

import dev.paddock.gguf.random.RandomAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The starter model with a LoRA adapter of random numbers, put into a running server's store as an Ollama beside it
 * would: a blob and a manifest.
 */
final class AdapterModel {
    private static final int WIDTH = 256;
    private static final int LAYERS = 6;

    private AdapterModel() {}

    static void install(Server server, String name, long seed) throws Exception {
        Path models = server.home().resolve("models");
        Path file = RandomAdapter.write(models.resolve("blobs/adapter-" + seed), WIDTH, LAYERS, seed);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        Files.move(file, models.resolve("blobs/sha256-" + digest));
        Path library = models.resolve("manifests/registry.ollama.ai/library");
        ObjectNode manifest = (ObjectNode) Server.JSON.readTree(Files.readString(library.resolve("starter/latest")));
        ((ArrayNode) manifest.path("layers"))
                .addObject()
                .put("mediaType", "application/vnd.ollama.image.adapter")
                .put("digest", "sha256:" + digest)
                .put("size", Files.size(models.resolve("blobs/sha256-" + digest)));
        Files.createDirectories(library.resolve(name));
        Files.writeString(library.resolve(name).resolve("latest"), manifest.toString());
    }
}
