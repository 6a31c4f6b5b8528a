package dev.paddock.dialect.openai.vectors;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.EmbedInput;
import dev.paddock.api.inference.EmbedRequest;
import dev.paddock.api.inference.Embeddings;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.model.Options;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import dev.paddock.dialect.kit.Opener;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.openai.shared.BatchRoute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code POST /v1/embeddings}. {@code truncate} and the answer's {@code truncated} are additions of ours. */
public final class EmbeddingsRoute implements BatchRoute {
    private final InferenceService inference;

    /** @param inference what answers */
    public EmbeddingsRoute(InferenceService inference) {
        this.inference = inference;
    }

    /** Answers one request. */
    public void answer(Call call) throws IOException {
        Fields body = call.body().orElseThrow(() -> invalid("missing request body"));
        Asked asked = Asked.parse(body);
        Asker asker = call.asker(body);
        call.ignored(body.unread());
        call.largeJson(200, asked.json(call.await(() -> inference.embed(asked.request(), asker))));
    }

    @Override
    public Map<String, Object> whole(Fields body, Opener opener, Asker asker) {
        Asked asked = Asked.parse(body);
        return asked.json(opener.await(() -> inference.embed(asked.request(), asker)));
    }

    /** @param packed whether the vectors are to be sent in base64 */
    private record Asked(EmbedRequest request, boolean packed) {
        static Asked parse(Fields body) {
            var asked = new Asked(EmbeddingsRoute.request(body), EmbeddingsRoute.packed(body));
            body.refuse("adapters"); // vectors are the base model's
            body.accept("user");
            return asked;
        }

        Map<String, Object> json(Embeddings embeddings) {
            return EmbeddingsRoute.json(request.model(), embeddings, packed);
        }
    }

    private static EmbedRequest request(Fields body) {
        String asked = body.text("model")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> invalid("you must provide a model parameter"));
        int dimensions =
                body.integer("dimensions", 1, Integer.MAX_VALUE).orElse(0L).intValue();
        return new EmbedRequest(
                ModelReference.parse(asked).text(),
                inputs(body),
                body.flag("truncate", false),
                dimensions,
                Options.NONE,
                Optional.empty());
    }

    private static boolean packed(Fields body) {
        String format = body.text("encoding_format").orElse("float");
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "float" -> false;
            case "base64" -> true;
            default ->
                throw invalid(
                        "Invalid value for 'encoding_format' = " + format + ". Supported values: ['float', 'base64'].");
        };
    }

    /** A text, tokens, or a list of one of them. */
    private static List<EmbedInput> inputs(Fields body) {
        Object given = body.value("input").orElseThrow(() -> invalid("invalid input"));
        if (given instanceof String text) return List.of(new EmbedInput.Text(text));
        if (!(given instanceof List<?> elements)) throw invalid("invalid input type");
        if (elements.isEmpty()) throw invalid("invalid input");
        if (elements.getFirst() instanceof Integer) return List.of(tokens(elements));
        List<EmbedInput> inputs = new ArrayList<>();
        for (Object element : elements) {
            inputs.add(
                    switch (element) {
                        case String text -> new EmbedInput.Text(text);
                        case List<?> tokens -> tokens(tokens);
                        case null, default -> throw invalid("invalid input type");
                    });
        }
        return inputs;
    }

    private static EmbedInput tokens(List<?> elements) {
        int[] tokens = new int[elements.size()];
        for (int i = 0; i < tokens.length; i++) {
            if (!(elements.get(i) instanceof Integer token)) throw invalid("invalid input type");
            tokens[i] = token;
        }
        return new EmbedInput.Tokens(tokens);
    }

    private static Map<String, Object> json(String model, Embeddings embeddings, boolean packed) {
        List<Object> data = new ArrayList<>();
        for (float[] vector : embeddings.vectors()) {
            data.add(new Reply()
                    .put("object", "embedding")
                    .put("embedding", packed ? base64(vector) : vector)
                    .put("index", data.size())
                    .json());
        }
        int tokens = embeddings.promptTokens();
        return new Reply()
                .put("object", "list")
                .put("data", data)
                .put("model", model)
                .put("usage", Map.of("prompt_tokens", tokens, "total_tokens", tokens))
                .putIf(!embeddings.truncated().isEmpty(), "truncated", embeddings.truncated())
                .json();
    }

    /** 32-bit floats, least significant byte first. */
    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) bytes.putFloat(number);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
