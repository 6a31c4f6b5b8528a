package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.security.Asker;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.SseStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code POST /v1/responses} and {@code POST /v1/responses/input_tokens}. */
public final class ResponsesRoute {
    private final InferenceService inference;
    private final ResponseStore store;
    private final Supplier<String> keys;
    private final InstantSource clock;

    /**
     * @param inference what answers
     * @param store where responses are kept
     * @param keys gives what makes the ids of a response unique and cannot be guessed
     */
    public ResponsesRoute(InferenceService inference, ResponseStore store, Supplier<String> keys, InstantSource clock) {
        this.inference = inference;
        this.store = store;
        this.keys = keys;
        this.clock = clock;
    }

    /** Answers one request. */
    public void create(Call call) throws IOException {
        withHistory(call, this::answer);
    }

    /** Counts the tokens of what would be answered. */
    public void countTokens(Call call) throws IOException {
        withHistory(call, (body, _, asker) -> {
            int tokens = call.await(() -> inference.countTokens(body.request(), asker));
            var json = new Reply().put("object", "response.input_tokens").put("input_tokens", tokens);
            call.json(200, json.json());
        });
    }

    /** What is done with a request. */
    @FunctionalInterface
    private interface Task {
        void run(ResponsesBody body, Response response, Asker asker) throws IOException;
    }

    private record Response(Call call, String key, ResponseJson json) {}

    private void withHistory(Call call, Task task) throws IOException {
        Fields fields =
                call.body().orElseThrow(() -> new PaddockException(Fault.INVALID_REQUEST, "missing request body"));
        Asker asker = call.asker(fields);
        String key = keys.get();
        try {
            var body = ResponsesBody.parse(fields, new History(store, asker.identity()), key);
            List<String> ignored = new ArrayList<>(fields.unread());
            ignored.addAll(body.tools().leftOut());
            call.ignored(ignored);
            var json = new ResponseJson("resp_" + key, clock.instant().getEpochSecond(), body.asked());
            task.run(body, new Response(call, key, json), asker);
        } catch (UnknownResponse missing) {
            call.json(400, unknown(missing));
        }
    }

    private static Map<String, Object> unknown(UnknownResponse missing) {
        Reply error = new Reply()
                .put("message", missing.getMessage())
                .put("type", "invalid_request_error")
                .put("param", "previous_response_id")
                .put("code", "previous_response_not_found");
        return new Reply().put("error", error.json()).json();
    }

    private void answer(ResponsesBody body, Response response, Asker asker) throws IOException {
        try (Answer answer = response.call().open(() -> inference.chat(body.request(), asker))) {
            int notes = body.notes().size() + answer.notes().size();
            if (notes > 0) response.call().header("X-Paddock-Notes", Integer.toString(notes));
            if (body.stream()) stream(body, response, asker, answer);
            else {
                var writer = new ResponseWriter(body, response.key(), Events.NONE);
                response.call().json(200, finish(body, response, asker, answer, writer));
            }
        }
    }

    private void stream(ResponsesBody body, Response response, Asker asker, Answer answer) throws IOException {
        SseStream stream = response.call().sse();
        Events events = Events.numbered(stream);
        var writer = new ResponseWriter(body, response.key(), events);
        stream.onFailure(failure -> fail(events, response.json().failed(writer.output(), failure), failure));
        events.send("response.created", state(response.json().running()));
        events.send("response.in_progress", state(response.json().running()));
        var over = finish(body, response, asker, answer, writer);
        events.send("response." + over.get("status"), state(over));
    }

    /** The response at its end, which is kept before anybody can go on from it. */
    private Map<String, Object> finish(
            ResponsesBody body, Response response, Asker asker, Answer answer, ResponseWriter writer)
            throws IOException {
        var done = writer.write(answer);
        List<String> notes = new ArrayList<>(body.notes());
        notes.addAll(answer.notes());
        long now = clock.instant().getEpochSecond();
        var json = response.json().over(writer.output(), done, now, notes);
        if (!body.store()) return json;
        var kept = KeptResponse.of(json, body.input().previous(), body.input().items());
        if (store.keep(asker.identity(), kept)) return json;
        notes.add("the response is not kept: the settings responses.count and responses.bytes leave no room for it");
        return response.json().over(writer.output(), done, now, notes);
    }

    /**
     * The event that SDKs raise an error for, then the one that ends every response. The first has its fields twice: as
     * they are documented, and in the object that SDKs look for.
     */
    private static void fail(Events events, Map<String, Object> failed, PaddockException failure) throws IOException {
        String code = ResponseJson.code(failure.fault());
        var fields = new Reply()
                .put("code", code)
                .put("message", failure.getMessage())
                .put("param", null);
        var error = new Reply().put("type", code);
        fields.json().forEach(error::put);
        events.send("error", fields.put("error", error.json()));
        events.send("response.failed", state(failed));
    }

    private static Reply state(Map<String, Object> response) {
        return new Reply().put("response", response);
    }
}
