package dev.paddock.modelfile.convert;

import dev.paddock.modelfile.safetensors.SafetensorsException;
import dev.paddock.modelfile.safetensors.SafetensorsFile;
import dev.paddock.modelfile.safetensors.StoredTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** All tensors of a model, whichever of its files each lies in. */
public final class Weights {
    private static final String INDEX = "model.safetensors.index.json";
    private static final int SHARDS = 4096;
    /** Of all files together. */
    private static final int MOST_TENSORS = 1 << 18;

    /**
     * A tensor and where it lies.
     *
     * @param file the file that holds it
     * @param stored what that file's header says
     */
    public record Source(Path file, StoredTensor stored) {}

    private final Map<String, Source> tensors = new LinkedHashMap<>();

    private Weights() {}

    /** Reads the headers of all weight files; an index, where there is one, says which they are. */
    public static Weights of(ModelFiles files) throws IOException {
        Weights weights = new Weights();
        var index = files.config(INDEX);
        Collection<String> shards = index.isPresent() ? shards(index.get()) : files.named(".safetensors", false);
        if (shards.isEmpty()) {
            throw Refused.because("there is no .safetensors file"
                    + (files.named(".bin", true).isEmpty() ? "" : "; PyTorch's .bin files cannot be read"));
        }
        for (String shard : shards) weights.add(shard, files);
        index.ifPresent(weights::requireAll);
        return weights;
    }

    /** Reads the header of one weight file. */
    public static Weights ofFile(String name, ModelFiles files) throws IOException {
        Weights weights = new Weights();
        weights.add(name, files);
        return weights;
    }

    private static Collection<String> shards(Config index) {
        var shards = new TreeSet<String>();
        for (JsonNode file : map(index)) {
            if (!file.isString()) throw Refused.because(INDEX + " names a file that is no text");
            shards.add(file.asString());
            if (shards.size() > SHARDS) throw Refused.because(INDEX + " names more than " + SHARDS + " files");
        }
        return shards;
    }

    private static JsonNode map(Config index) {
        return index.value("weight_map")
                .filter(JsonNode::isObject)
                .orElseThrow(() -> Refused.because(INDEX + " has no \"weight_map\""));
    }

    private void add(String name, ModelFiles files) throws IOException {
        Path file = files.find(name).orElseThrow(() -> Refused.because("the weight file " + name + " is missing"));
        try {
            for (StoredTensor tensor : SafetensorsFile.read(file).tensors().values()) {
                if (tensors.put(tensor.name(), new Source(file, tensor)) != null) {
                    throw Refused.because("the tensor \"" + tensor.name() + "\" is in two files");
                }
                if (tensors.size() > MOST_TENSORS)
                    throw Refused.because("there are more than " + MOST_TENSORS + " tensors");
            }
        } catch (SafetensorsException e) {
            throw Refused.because(name + ": " + e.getMessage(), e);
        }
    }

    private void requireAll(Config index) {
        List<String> missing = new ArrayList<>();
        map(index).propertyNames().forEach(name -> {
            if (!tensors.containsKey(name)) missing.add(name);
        });
        if (!missing.isEmpty()) {
            throw Refused.because(missing.size() + " tensors that " + INDEX + " names are in no file, the first is \""
                    + missing.getFirst() + "\"");
        }
    }

    /** The tensors by the makers' names. */
    public Map<String, Source> tensors() {
        return Collections.unmodifiableMap(tensors);
    }
}
