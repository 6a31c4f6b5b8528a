package dev.paddock.prompt.path;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptPath.Origin;
import dev.paddock.api.prompt.PromptPaths;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses a model's template and the format of its answers. What its file says is read once, since a vocabulary takes a
 * while; what was chosen counts until a chat format comes or goes. Safe for many threads.
 */
@Component
public final class ChosenPaths implements PromptPaths {
    private static final Logger LOG = LoggerFactory.getLogger(ChosenPaths.class);
    private static final int MOST_FILES = 16;
    private static final int MOST_PATHS = 64;

    private record Key(Digest weights, Optional<ChatTemplate> template, boolean tools) {}

    private final ModelStore store;
    private final ChatFormats formats = new ChatFormats();
    private final Kept<Digest, FileSigns> files = new Kept<>(MOST_FILES);
    private volatile Kept<Key, PromptPath> paths = new Kept<>(MOST_PATHS);

    /** Reads files by way of the store; chat formats come and go by {@link #addFormat}. */
    @Activate
    public ChosenPaths(@Reference ModelStore store) {
        this.store = store;
    }

    /** A chat format came. */
    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    void addFormat(ChatFormat format, Map<String, Object> properties) {
        int ranking = properties.get("service.ranking") instanceof Integer given ? given : 0;
        long id = properties.get("service.id") instanceof Long given ? given : 0;
        formats.add(format, ranking, id);
        paths = new Kept<>(MOST_PATHS);
    }

    /** A chat format went. */
    void removeFormat(ChatFormat format) {
        formats.remove(format);
        paths = new Kept<>(MOST_PATHS);
    }

    @Override
    public PromptPath of(StoredModel model, boolean tools) {
        var key = new Key(model.weightsDigest(), model.template(), tools);
        return paths.get(key, () -> choose(model, tools));
    }

    @Override
    public PromptPath of(StoredModel model, ChatTemplate template) {
        return path(file(model), template, Origin.REQUEST, "the request brought a template");
    }

    private FileSigns file(StoredModel model) {
        return files.get(model.weightsDigest(), () -> FileSigns.read(store.metadata(model)));
    }

    private PromptPath choose(StoredModel model, boolean tools) {
        var file = file(model);
        if (model.template().isEmpty()) return plain(model, file);
        var own = model.template().get();
        if (own.language() == Language.GO) {
            return path(file, own, Origin.MODELFILE, "the model's own Go template");
        }
        if (tools && file.toolTemplate().isPresent()) {
            var template = new ChatTemplate(Language.JINJA, file.toolTemplate().get());
            return path(file, template, Origin.GGUF, "the file's Jinja template for conversations with tools");
        }
        return path(file, own, Origin.GGUF, "the file's Jinja template");
    }

    private PromptPath plain(StoredModel model, FileSigns file) {
        LOG.warn(
                "{} has no chat template and is of no family known here: it gets the texts with the speakers' names",
                model.name().display());
        return path(file, Plain.TEMPLATE, Origin.PLAIN, "no template, and no family known by its control tokens");
    }

    private PromptPath path(FileSigns file, ChatTemplate template, Origin origin, String why) {
        var signs = new ModelSigns(template, file.architecture(), file.controlTokens(), file.longestToken());
        return new PromptPath(signs, origin, why, formats.pick(signs));
    }
}
