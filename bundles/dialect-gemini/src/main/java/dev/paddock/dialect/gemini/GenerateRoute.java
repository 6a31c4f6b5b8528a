package dev.paddock.dialect.gemini;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.JsonArrayStream;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;

/** {@code :generateContent}, {@code :streamGenerateContent} and {@code :countTokens}. */
final class GenerateRoute {
    /** Some of Google's clients know no comments in a stream; an empty line says nothing to any of them. */
    private static final SseStream.Form FORM = new SseStream.Form("", "\n");

    private final InferenceService inference;

    GenerateRoute(InferenceService inference) {
        this.inference = inference;
    }

    void whole(Call call, String model) throws IOException {
        Fields fields = fields(call);
        GenerateBody body = GenerateBody.parse(fields, model);
        GenerateJson json = new GenerateJson(call.id(), body);
        try (Answer answer = open(call, fields, body)) {
            call.json(200, json.whole(answer));
        }
    }

    /** Server-sent events where the query says {@code alt=sse}, else one list that grows. */
    void stream(Call call, String model) throws IOException {
        Fields fields = fields(call);
        GenerateBody body = GenerateBody.parse(fields, model);
        GenerateJson json = new GenerateJson(call.id(), body);
        boolean events = call.query("alt").filter("sse"::equals).isPresent();
        try (Answer answer = open(call, fields, body)) {
            if (events) new GenerateStream(json, call.sse(FORM)::send).send(answer);
            else {
                JsonArrayStream list = call.jsonArray();
                new GenerateStream(json, list::send).send(answer);
                list.end();
            }
        }
    }

    private Answer open(Call call, Fields fields, GenerateBody body) {
        Asker asker = call.asker(fields);
        call.ignored(fields.unread());
        return call.open(() -> inference.chat(body.request(), asker));
    }

    /** A whole request may stand in {@code generateContentRequest}, or its contents alone in the body. */
    void count(Call call, String model) throws IOException {
        Fields fields = fields(call);
        Fields request = fields.object("generateContentRequest").orElse(fields);
        GenerateBody body = GenerateBody.parse(request, model);
        Asker asker = call.asker(fields);
        call.ignored(fields.unread());
        int tokens = call.await(() -> inference.countTokens(body.request(), asker));
        call.json(200, new Reply().put("totalTokens", tokens).json());
    }

    /** Protobuf's JSON: names in camelCase or snake_case. */
    static Fields fields(Call call) throws IOException {
        return call.body()
                .map(body -> Fields.protobuf(body.whole()))
                .orElseThrow(() -> new PaddockException(Fault.INVALID_REQUEST, "missing request body"));
    }
}
