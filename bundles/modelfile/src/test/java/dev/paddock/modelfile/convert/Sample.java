package dev.paddock.modelfile.convert;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model of the test's resources: its files are written, its weights come from a formula, its numbers are stored. */
public final class Sample {
    private static final List<String> TOKENIZER_FILES = List.of("tokenizer.json", "tokenizer.model", "vocab.txt");

    private final JsonNode expected;
    private final String name;

    private Sample(String name, JsonNode expected) {
        this.name = name;
        this.expected = expected;
    }

    public static Sample of(String name) throws IOException {
        return new Sample(name, json("models/" + name + "/expected.json"));
    }

    /** A JSON file of the resources. */
    static JsonNode json(String path) throws IOException {
        return JsonMapper.shared().readTree(bytes(path));
    }

    static byte[] bytes(String path) throws IOException {
        try (InputStream in = Sample.class.getResourceAsStream("/convert/" + path)) {
            if (in == null) throw new IOException("no resource " + path);
            return in.readAllBytes();
        }
    }

    /** The names of all of them. */
    static List<String> names() throws IOException, URISyntaxException {
        URI folder = Sample.class.getResource("/convert/models").toURI();
        try (var models = Files.list(Path.of(folder))) {
            return models.map(model -> model.getFileName().toString()).sorted().toList();
        }
    }

    JsonNode expected() {
        return expected;
    }

    /** Writes its files to a folder; gives them by their names. Those of the folder have names that say nothing. */
    public Map<String, Path> files(Path folder) throws IOException {
        return files(folder, dtype());
    }

    /** The type that its makers keep its weights in. */
    String dtype() {
        return expected.path("dtype").asString();
    }

    /** The same with weights of another type. */
    Map<String, Path> files(Path folder, String dtype) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        add(files, folder, "config.json", bytes("models/" + name + "/config.json"));
        tokenizer(files, folder, expected.path("tokenizer").asString());
        weights(files, folder, dtype);
        if (expected.has("pooling"))
            pooling(files, folder, expected.path("pooling").asString());
        return files;
    }

    /** Adds a file. */
    static void add(Map<String, Path> files, Path folder, String name, byte[] content) throws IOException {
        files.put(name, Files.write(folder.resolve("blob-" + files.size()), content));
    }

    /** Adds the files of a tokenizer, of which SentencePiece's model goes before its other form. */
    static void tokenizer(Map<String, Path> files, Path folder, String tokenizer) throws IOException {
        for (String file : TOKENIZER_FILES) {
            if (Sample.class.getResource("/convert/tokenizers/" + tokenizer + "/" + file) == null) continue;
            add(files, folder, file, bytes("tokenizers/" + tokenizer + "/" + file));
        }
    }

    private void weights(Map<String, Path> files, Path folder, String dtype) throws IOException {
        int shards = expected.path("shards").asInt();
        List<SafetensorsWriter> writers = new ArrayList<>();
        for (int i = 0; i < shards; i++) writers.add(new SafetensorsWriter());
        Map<String, String> index = new HashMap<>();
        int count = 0;
        for (JsonNode tensor : expected.path("tensors")) {
            int shard = count++ % shards;
            put(writers.get(shard), tensor, dtype);
            index.put(tensor.get(0).asString(), shard(shard, shards));
        }
        for (int i = 0; i < shards; i++) {
            Path file = folder.resolve("weights-" + i);
            writers.get(i).write(file);
            files.put(shard(i, shards), file);
        }
        if (shards == 1) return;
        String json = JsonMapper.shared().writeValueAsString(Map.of("weight_map", index));
        add(files, folder, "model.safetensors.index.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static String shard(int number, int shards) {
        return shards == 1 ? "model.safetensors" : String.format("model-%05d-of-%05d.safetensors", number + 1, shards);
    }

    private static void put(SafetensorsWriter writer, JsonNode tensor, String dtype) {
        List<Long> shape = new ArrayList<>();
        for (JsonNode extent : tensor.get(1)) shape.add(extent.asLong());
        writer.weights(
                tensor.get(0).asString(),
                dtype,
                shape,
                tensor.get(2).asDouble(),
                tensor.get(3).asDouble());
    }

    private static void pooling(Map<String, Path> files, Path folder, String mode) throws IOException {
        String modules = """
                [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
                 {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""";
        String pooling = "{\"pooling_mode_cls_token\": " + mode.equals("cls") + ", \"pooling_mode_mean_tokens\": "
                + mode.equals("mean") + "}";
        add(files, folder, "modules.json", modules.getBytes(StandardCharsets.UTF_8));
        add(files, folder, "1_Pooling/config.json", pooling.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes its adapter's files to a folder; gives them by their names. */
    Map<String, Path> adapterFiles(Path folder) throws IOException {
        JsonNode adapter = expected.path("adapter");
        Map<String, Path> files = new TreeMap<>();
        add(files, folder, "adapter_config.json", JsonMapper.shared().writeValueAsBytes(adapter.path("config")));
        SafetensorsWriter writer = new SafetensorsWriter();
        for (JsonNode tensor : adapter.path("tensors")) put(writer, tensor, "F32");
        Path file = folder.resolve("adapter-weights");
        writer.write(file);
        files.put("adapter_model.safetensors", file);
        return files;
    }
}
