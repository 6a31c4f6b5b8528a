package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a recipe into layers: what comes from files or the parent, then what the recipe changes. Writes nothing. */
final class Creation {
    private static final Logger LOG = LoggerFactory.getLogger(Creation.class);

    private final Blobs blobs;
    private final ManifestTree tree;

    Creation(Blobs blobs, ManifestTree tree) {
        this.blobs = blobs;
        this.tree = tree;
    }

    Draft draft(ModelRecipe recipe, Consumer<String> progress) throws IOException {
        if (recipe.from().isEmpty() && recipe.files().isEmpty()) {
            throw StoreFaults.invalid("neither 'from' or 'files' was specified");
        }
        if (recipe.from().isPresent() && !recipe.files().isEmpty()) {
            throw StoreFaults.invalid("'from' together with 'files' is not supported in this version");
        }
        Draft draft = recipe.from().isPresent()
                ? derived(recipe.from().get())
                : new WeightsImport(blobs).read(recipe.files(), progress);
        change(draft, recipe);
        return draft;
    }

    private Draft derived(ModelName parent) throws IOException {
        ManifestFile file = tree.find(parent).orElseThrow(() -> StoreFaults.notFound(parent));
        try {
            Manifest manifest = file.read();
            Optional<Layer> config = manifest.config();
            if (config.isEmpty() || manifest.last(MediaType.MODEL).isEmpty()) {
                throw new IOException("it has no configuration or no GGUF weights");
            }
            String source = file.name().display();
            List<Layer> layers =
                    manifest.layers().stream().map(l -> l.takenFrom(source)).toList();
            return new Draft(Json.object(blobs.read(config.get().digest())), layers);
        } catch (IOException e) {
            throw StoreFaults.damaged(file.name(), e);
        }
    }

    private void change(Draft draft, ModelRecipe recipe) throws IOException {
        recipe.template().ifPresent(text -> {
            draft.remove(MediaType.PROMPT);
            draft.replace(MediaType.TEMPLATE, utf8(text));
            LOG.info("a Go template is stored with the model; this version uses the Jinja template of its GGUF file");
        });
        recipe.system().ifPresent(text -> draft.replace(MediaType.SYSTEM, utf8(text)));
        recipe.licenses().forEach(text -> draft.add(MediaType.LICENSE, utf8(text)));
        if (!recipe.options().values().isEmpty()) draft.replace(MediaType.PARAMS, mergedOptions(draft, recipe));
        if (!recipe.messages().isEmpty()) draft.replace(MediaType.MESSAGES, StoredMessages.bytes(recipe.messages()));
    }

    /** Merged as JSON, so that options of the parent that we do not know stay in the model. */
    private byte[] mergedOptions(Draft draft, ModelRecipe recipe) throws IOException {
        Map<String, Object> merged = new LinkedHashMap<>();
        for (Layer layer : draft.layers()) {
            if (layer.mediaType().equals(MediaType.PARAMS)) merged.putAll(Json.object(blobs.read(layer.digest())));
        }
        for (Map.Entry<Option, Object> option : recipe.options().values().entrySet()) {
            merged.put(option.getKey().key(), option.getValue());
        }
        return Json.bytes(merged);
    }

    /**
     * Makes sure that every blob of a draft is there.
     *
     * @param told each layer and whether it is new
     */
    Manifest store(Draft draft, Consumer<String> told) throws IOException {
        Layer config = draft.layer(MediaType.CONFIG, Json.bytes(draft.config()));
        for (Layer layer : draft.layers()) {
            boolean fresh = present(draft, layer.digest());
            told.accept((fresh ? "creating new layer " : "using existing layer ") + layer.digest());
        }
        present(draft, config.digest());
        return new Manifest(Optional.of(config), draft.layers());
    }

    private boolean present(Draft draft, Digest digest) throws IOException {
        byte[] content = draft.content(digest);
        if (content != null) return blobs.put(digest, content);
        if (!blobs.has(digest)) throw WeightsImport.missing(digest);
        blobs.touch(digest);
        return false;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
