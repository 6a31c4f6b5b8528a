package dev.paddock.dialect.ollama;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.LogprobJson;
import dev.paddock.dialect.kit.NdjsonStream;
import dev.paddock.dialect.kit.WholeAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sends an answer, as a stream or whole.
 *
 * @param shape how the route lays it out
 * @param model the model's name as the client wrote it
 * @param stream whether pieces are sent as they come
 * @param tokens whether the last object holds the tokens of the exchange
 */
record Answering(Shape shape, String model, boolean stream, boolean tokens) {
    void send(Call call, Supplier<EventStream> events) throws IOException {
        try (Answer answer = call.open(events)) {
            if (stream) stream(call.ndjson(), answer);
            else call.json(200, whole(answer.whole()));
        }
    }

    private void stream(NdjsonStream lines, Answer answer) throws IOException {
        int calls = 0;
        List<Logprob> likely = new ArrayList<>();
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Likely(var logprobs) -> likely.addAll(logprobs);
                case ChatEvent.Delta(OutputPiece.CallBegun begun) -> {}
                case ChatEvent.Delta(OutputPiece.CallArguments more) -> {}
                case ChatEvent.Delta(OutputPiece piece) -> {
                    int firstCall = piece instanceof OutputPiece.Call ? calls++ : 0;
                    Reply chunk = shape.chunk(model, part(piece), firstCall).put("done", false);
                    lines.send(logprobs(chunk, likely).json());
                    likely.clear();
                }
                case ChatEvent.Done done ->
                    lines.send(logprobs(shape.last(model, Shape.Part.NOTHING, done, tokens), likely)
                            .json());
            }
        }
    }

    private static Shape.Part part(OutputPiece piece) {
        return switch (piece) {
            case OutputPiece.Content(String text) -> Shape.Part.content(text);
            case OutputPiece.Thinking(String text) -> Shape.Part.thinking(text);
            case OutputPiece.Call call -> Shape.Part.call(call.call());
            case OutputPiece.CallBroken broken -> Shape.Part.content(broken.text());
            case OutputPiece.CallBegun begun -> Shape.Part.NOTHING;
            case OutputPiece.CallArguments more -> Shape.Part.NOTHING;
        };
    }

    /** What was said of tokens whose text is held back comes with the next text, or at the end. */
    private static Reply logprobs(Reply reply, List<Logprob> logprobs) {
        return reply.some("logprobs", LogprobJson.of(logprobs, false));
    }

    private Map<String, Object> whole(WholeAnswer answer) {
        var part = new Shape.Part(answer.content(), answer.thinking(), answer.calls());
        return logprobs(shape.last(model, part, answer.end(), tokens), answer.logprobs())
                .json();
    }
}
