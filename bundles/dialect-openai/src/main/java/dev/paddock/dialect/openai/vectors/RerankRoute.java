package dev.paddock.dialect.openai.vectors;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.inference.Ranking;
import dev.paddock.api.inference.RerankRequest;
import dev.paddock.api.model.Options;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code POST /v1/rerank} in Jina's form. Scores are the model's own, as llama.cpp's server gives them; documents are
 * sent back only when asked for. {@code truncate} and the answer's {@code truncated} are additions of ours.
 */
public final class RerankRoute {
    private final InferenceService inference;

    /** @param inference what answers */
    public RerankRoute(InferenceService inference) {
        this.inference = inference;
    }

    /** Answers one request. */
    public void answer(Call call) throws IOException {
        Fields body = call.body().orElseThrow(() -> invalid("missing request body"));
        RerankRequest request = request(body);
        int top = body.integer("top_n", 1, Integer.MAX_VALUE)
                .orElse((long) request.documents().size())
                .intValue();
        boolean documents = body.flag("return_documents", false);
        body.refuse("adapters"); // scores are the base model's
        Asker asker = call.asker(body);
        call.ignored(body.unread());
        Ranking ranking = call.await(() -> inference.rerank(request, asker));
        call.json(200, json(request, ranking, top, documents));
    }

    private static RerankRequest request(Fields body) {
        String asked = body.text("model")
                .filter(name -> !name.isBlank())
                .orElseThrow(() -> invalid("you must provide a model parameter"));
        String query =
                body.text("query").filter(text -> !text.isEmpty()).orElseThrow(() -> invalid("\"query\" is needed"));
        List<String> documents = documents(body);
        if (documents.isEmpty()) throw invalid("\"documents\" must be a list of at least one text");
        return new RerankRequest(
                ModelReference.parse(asked).text(),
                query,
                documents,
                body.flag("truncate", false),
                Options.NONE,
                Optional.empty());
    }

    /** Texts, or objects with one. */
    private static List<String> documents(Fields body) {
        List<String> documents = new ArrayList<>();
        for (Object element : body.list("documents")) {
            Object text = element instanceof Map<?, ?> map ? map.get("text") : element;
            if (!(text instanceof String document)) {
                throw body.wrong("documents", "a list of texts or of objects with a \"text\"");
            }
            documents.add(document);
        }
        return documents;
    }

    private static Map<String, Object> json(RerankRequest request, Ranking ranking, int top, boolean documents) {
        float[] scores = ranking.scores();
        List<Map<String, Object>> results = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer index) -> -scores[index]))
                .limit(top)
                .map(index -> new Reply()
                        .put("index", index)
                        .put("relevance_score", scores[index])
                        .putIf(
                                documents,
                                "document",
                                Map.of("text", request.documents().get(index)))
                        .json())
                .toList();
        int tokens = ranking.promptTokens();
        return new Reply()
                .put("object", "list")
                .put("model", request.model())
                .put("results", results)
                .put("usage", Map.of("prompt_tokens", tokens, "total_tokens", tokens))
                .putIf(!ranking.truncated().isEmpty(), "truncated", ranking.truncated())
                .json();
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
