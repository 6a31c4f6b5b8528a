package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.model.TensorFact;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.api.prompt.PromptPath;
import dev.paddock.api.prompt.PromptPath.Origin;
import dev.paddock.api.prompt.PromptPaths;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code POST /api/show}. */
final class ShowRoute {
    /** What a model that has no template is asked with. */
    private static final String PLAIN = "{{ .Prompt }}";
    /** It takes this name for that of the model. */
    private static final String COPILOT = "GitHubCopilotChat/";

    private final ModelStore store;
    private final PromptPaths paths;

    ShowRoute(ModelStore store, PromptPaths paths) {
        this.store = store;
        this.paths = paths;
    }

    void answer(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        if (asked.isBlank()) throw Requests.invalid("model is required");
        var name = Cloud.shown(asked).name();
        call.identity().requireModel(name);
        boolean verbose = body.flag("verbose", false);
        String system = body.text("system").orElse("");
        Options options = Requests.options(body);
        body.accept("template");
        call.ignored(Requests.ignored(body, options));
        StoredModel model = store.find(name)
                .orElseThrow(
                        () -> new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name.display() + "' not found"));
        Weights weights = weights(model, verbose);
        if (call.requestHeader("User-Agent").orElse("").startsWith(COPILOT)) {
            weights.info().put("general.basename", asked);
        }
        call.json(200, reply(model, weights, ModelfileText.of(model, system, options)));
    }

    /**
     * What the files tell.
     *
     * @param capabilities what it can do as it is prompted
     * @param path how it is prompted; empty for a model that does not talk
     * @param damage why they do not; empty when they do
     */
    private record Weights(
            Map<String, Object> info,
            Map<String, Object> projector,
            List<Map<String, Object>> tensors,
            Set<Capability> capabilities,
            Optional<PromptPath> path,
            String damage) {}

    /** A model that cannot be used is shown all the same, with the reason. */
    private Weights weights(StoredModel model, boolean verbose) {
        try {
            List<TensorFact> tensors = store.tensors(model);
            Map<String, Object> info = info(store.metadata(model), verbose);
            info.put("general.parameter_count", elements(tensors));
            Map<String, Object> projector = model.projectors().isEmpty()
                    ? Map.of()
                    : info(store.metadata(model, model.projectors().getFirst()), verbose);
            List<Map<String, Object>> shown =
                    tensors.stream().map(ShowRoute::tensor).toList();
            boolean talks = model.capabilities().contains(Capability.COMPLETION);
            var path = talks ? Optional.of(paths.of(model, false)) : Optional.<PromptPath>empty();
            return new Weights(info, projector, shown, paths.capabilities(model), path, model.damage());
        } catch (PaddockException e) {
            if (e.fault() != Fault.MODEL_DAMAGED) throw e;
            String why = model.damage().isEmpty() ? e.getMessage() : model.damage();
            return new Weights(new TreeMap<>(), Map.of(), List.of(), model.capabilities(), Optional.empty(), why);
        }
    }

    private static long elements(List<TensorFact> tensors) {
        return tensors.stream()
                .mapToLong(tensor -> tensor.shape().stream().reduce(1L, (a, b) -> a * b))
                .sum();
    }

    private static Map<String, Object> tensor(TensorFact tensor) {
        return new Reply()
                .put("name", tensor.name())
                .put("type", tensor.type())
                .put("shape", tensor.shape())
                .json();
    }

    private static Map<String, Object> reply(StoredModel model, Weights weights, String modelfile) {
        return new Reply()
                .some("license", String.join("\n", model.licenses()))
                .put("modelfile", modelfile)
                .some("parameters", ModelfileText.parameters(model.options()))
                .put("template", template(model, weights.path()))
                .some("system", model.system())
                .some("renderer", model.traits().renderer())
                .some("parser", model.traits().parser())
                .put("details", ModelJson.details(model.details()).json())
                .some("messages", messages(model))
                .put("model_info", weights.info())
                .some("projector_info", weights.projector())
                .some("tensors", weights.tensors())
                .some("capabilities", ModelJson.capabilities(weights.capabilities()))
                .some("prompt", weights.path().map(ShowRoute::prompt).orElse(Map.of()))
                .put("modified_at", GoTime.text(model.modifiedAt()))
                .some("requires", model.traits().requires())
                .some("damaged", weights.damage())
                .json();
    }

    /** What chat would use. */
    private static String template(StoredModel model, Optional<PromptPath> path) {
        return path.filter(used -> used.origin() != Origin.PLAIN)
                .map(PromptPath::template)
                .or(model::template)
                .map(ChatTemplate::text)
                .orElse(PLAIN);
    }

    private static Map<String, Object> prompt(PromptPath path) {
        return new Reply()
                .put("origin", path.origin().name().toLowerCase(Locale.ROOT))
                .put("why", path.why())
                .put("format", path.format().name())
                .put("language", path.template().language().name().toLowerCase(Locale.ROOT))
                .json();
    }

    private static List<Map<String, Object>> messages(StoredModel model) {
        return model.messages().stream()
                .map(m -> new Reply()
                        .put("role", m.role().name().toLowerCase(Locale.ROOT))
                        .put("content", m.content())
                        .json())
                .toList();
    }

    /** Long lists, such as the vocabulary, are null unless asked for. */
    private static Map<String, Object> info(Map<String, Object> metadata, boolean verbose) {
        Map<String, Object> info = new TreeMap<>(metadata);
        info.keySet().removeAll(List.of("general.name", "tokenizer.chat_template"));
        if (!verbose) info.replaceAll((_, v) -> v instanceof Collection<?> c && !c.isEmpty() ? null : v);
        return info;
    }
}
