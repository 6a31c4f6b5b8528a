package dev.paddock.dialect.gemini;

import dev.paddock.api.inference.ChatRequest;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a request, read.
 *
 * @param request what the inference is asked
 * @param showsThoughts whether thoughts are sent
 */
record GenerateBody(ChatRequest request, boolean showsThoughts) {
    /** They say something about the vendor's service, nothing about the answer. */
    private static final String[] HARMLESS = {"model", "safetySettings", "labels", "store", "serviceTier"};

    /** @param model as the path names it */
    static GenerateBody parse(Fields body, String model) {
        body.accept(HARMLESS);
        body.refuse("cachedContent");
        Tools tools = Tools.parse(body);
        Generation generation = Generation.parse(body.object("generationConfig").orElse(Fields.protobuf(Map.of())));
        ChatRequest request = new ChatRequest(
                ModelReference.parse(model).text(),
                new Contents().parse(body),
                tools.offered(),
                tools.choice(),
                generation.thinking().think(),
                Map.of(),
                generation.form(),
                generation.options(),
                Optional.empty());
        return new GenerateBody(request, generation.thinking().shown());
    }
}
