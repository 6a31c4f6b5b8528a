package dev.paddock.prompt.path;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.ChatFormat;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.ChatTemplate.Language;
import dev.paddock.api.prompt.Filling;
import dev.paddock.api.prompt.ModelSigns;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptPath.Origin;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.api.service.BestFirst;
import dev.paddock.prompt.GoFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private static final List<String> NEXT_SPEAKER = List.of("\nUser:");
    private static final GoFormat GO = new GoFormat();

    private record Key(Digest weights, Optional<ChatTemplate> template, boolean choice, boolean tools) {}

    private final ModelStore store;
    private final BestFirst<ChatFormat> formats = new BestFirst<>();
    private final Kept<Digest, FileSigns> files = new Kept<>(MOST_FILES);
    private final Set<Digest> warned = ConcurrentHashMap.newKeySet();
    private volatile Kept<Key, PromptPath> paths = new Kept<>(MOST_PATHS);

    /** Reads files by way of the store; chat formats come and go by {@link #addFormat}. */
    @Activate
    public ChosenPaths(@Reference ModelStore store) {
        this.store = store;
    }

    /** A chat format came. */
    @Reference(cardinality = ReferenceCardinality.AT_LEAST_ONE, policy = ReferencePolicy.DYNAMIC)
    void addFormat(ChatFormat format, Map<String, Object> properties) {
        formats.add(format, properties);
        paths = new Kept<>(MOST_PATHS);
    }

    /** A chat format went. */
    void removeFormat(ChatFormat format) {
        formats.remove(format);
        paths = new Kept<>(MOST_PATHS);
    }

    @Override
    public PromptPath of(StoredModel model, boolean tools) {
        var key = new Key(
                model.weightsDigest(), model.template(), model.goTemplate().isPresent(), tools);
        return paths.get(key, () -> choose(model, tools));
    }

    @Override
    public PromptPath of(StoredModel model, ChatTemplate template) {
        return path(file(model), template, Origin.REQUEST, "the request brought a template");
    }

    @Override
    public Optional<Filling> filling(StoredModel model) {
        Optional<Filling> byTemplate = model.goTemplate()
                .filter(template -> GO.capabilities(ModelSigns.of(template)).contains(Capability.INSERT))
                .map(Filling.ByTemplate::new);
        return byTemplate.or(() -> file(model).gap());
    }

    @Override
    public Set<Capability> capabilities(StoredModel model) {
        if (!model.capabilities().contains(Capability.COMPLETION)) return model.capabilities();
        return PathAbilities.of(
                model, of(model, false), of(model, true), filling(model).isPresent());
    }

    private FileSigns file(StoredModel model) {
        return files.get(model.weightsDigest(), () -> FileSigns.read(store.metadata(model)));
    }

    private PromptPath choose(StoredModel model, boolean tools) {
        var file = file(model);
        if (model.template().isEmpty()) {
            return Family.of(file).map(family -> path(file, family)).orElseGet(() -> plain(model, file));
        }
        var own = model.template().get();
        if (own.language() == Language.GO) {
            return path(file, own, Origin.MODELFILE, "the model's own Go template");
        }
        if (tools && file.toolTemplate().isPresent()) {
            var template = new ChatTemplate(Language.JINJA, file.toolTemplate().get());
            return path(file, template, Origin.GGUF, "the file's Jinja template for conversations with tools");
        }
        boolean both = model.goTemplate().isPresent();
        return path(
                file,
                own,
                Origin.GGUF,
                both ? "the file's Jinja template, preferred to the model's Go template" : "the file's Jinja template");
    }

    private PromptPath path(FileSigns file, Family family) {
        String why = "no template; control tokens, architecture or name are those of the family " + family.display();
        return path(file, family.template(), Origin.FAMILY, why);
    }

    private PromptPath plain(StoredModel model, FileSigns file) {
        if (warned.add(model.weightsDigest())) {
            LOG.warn(
                    "{} has no chat template and shows no family known here: it gets the bare texts, in conversations"
                            + " with the speakers' names; a Modelfile with TEMPLATE changes that",
                    model.name().display());
        }
        var path = path(file, Family.PLAIN, Origin.PLAIN, "no template, and no family known by its tokens or name");
        return new PromptPath(path.signs(), path.origin(), path.why(), path.format(), NEXT_SPEAKER);
    }

    private PromptPath path(FileSigns file, ChatTemplate template, Origin origin, String why) {
        var signs = new ModelSigns(template, file.architecture(), file.controlTokens(), file.longestToken());
        return new PromptPath(signs, origin, why, format(signs));
    }

    private ChatFormat format(ModelSigns signs) {
        return formats.stream()
                .filter(format -> format.accepts(signs))
                .findFirst()
                .orElseThrow(() -> new PaddockException(
                        Fault.UNAVAILABLE, "no chat format for this model's template is installed; try again later"));
    }
}
