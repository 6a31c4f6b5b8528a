package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.prompt.ChatTemplate;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** {@code POST /api/show}. */
final class ShowRoute {
    private final ModelStore store;

    ShowRoute(ModelStore store) {
        this.store = store;
    }

    void answer(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        if (asked.isBlank()) throw Requests.invalid("model is required");
        var name = ModelReference.parse(asked).name();
        boolean verbose = body.flag("verbose", false);
        call.ignored(body.unread());
        StoredModel model = store.find(name)
                .orElseThrow(
                        () -> new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name.display() + "' not found"));
        call.json(200, reply(model, verbose));
    }

    private Map<String, Object> reply(StoredModel model, boolean verbose) {
        return new Reply()
                .some("license", String.join("\n", model.licenses()))
                .put("modelfile", ModelfileText.of(model))
                .some("parameters", ModelfileText.parameters(model.options()))
                .some("template", model.template().map(ChatTemplate::text).orElse(""))
                .some("system", model.system())
                .put("details", ModelJson.details(model.details()).json())
                .some("messages", messages(model))
                .put("model_info", info(store.metadata(model), verbose))
                .some("capabilities", ModelJson.capabilities(model.capabilities()))
                .put("modified_at", model.modifiedAt().toString())
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
