package dev.paddock.dialect.ollama;

import dev.paddock.api.model.Capability;
import dev.paddock.api.model.ModelDetails;
import dev.paddock.api.model.StoredModel;
import dev.paddock.dialect.kit.Reply;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Facts about a model as several routes show them. */
final class ModelJson {
    private ModelJson() {}

    /** {@code details} without the lengths, which only some routes show. */
    static Reply details(ModelDetails details) {
        return new Reply()
                .put("parent_model", details.parentModel())
                .put("format", details.format())
                .put("family", details.family())
                .put("families", details.families())
                .put("parameter_size", details.parameterSize())
                .put("quantization_level", details.quantization());
    }

    /** One model of {@code /api/tags}; {@code damaged}, why it cannot be used, is ours. */
    static Map<String, Object> tag(StoredModel model) {
        Reply details = details(model.details())
                .some("context_length", model.details().contextLength())
                .some("embedding_length", model.details().embeddingLength());
        return new Reply()
                .put("name", model.name().display())
                .put("model", model.name().display())
                .put("modified_at", GoTime.text(model.modifiedAt()))
                .put("size", model.size())
                .put("digest", model.digest().hex())
                .put("details", details.json())
                .some("capabilities", capabilities(model.capabilities()))
                .some("damaged", model.damage())
                .json();
    }

    static List<String> capabilities(Collection<Capability> capabilities) {
        return capabilities.stream()
                .sorted()
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
