package dev.paddock.dialect.ollama;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.BrokenCall;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.LogprobJson;
import dev.paddock.dialect.kit.NdjsonStream;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.WholeAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            else call.json(200, whole(answer));
        }
    }

    private void stream(NdjsonStream lines, Answer answer) throws IOException {
        List<Logprob> likely = new ArrayList<>();
        List<OutputPiece.Call> calls = new ArrayList<>();
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Likely(var logprobs) -> likely.addAll(logprobs);
                case ChatEvent.Delta(OutputPiece.Call call) when shape.callsLast() -> calls.add(call);
                case ChatEvent.Delta(OutputPiece piece) -> {
                    var part = part(piece);
                    if (part.isEmpty()) continue;
                    Reply chunk = shape.chunk(model, part.get()).put("done", false);
                    lines.send(logprobs(chunk, likely).json());
                    likely.clear();
                }
                case ChatEvent.Done done ->
                    lines.send(last(new Shape.Part("", "", calls), done, answer.notes(), likely));
            }
        }
    }

    /** Calls are sent whole, as Ollama's clients want them; what was to be one and came to nothing is text. */
    private static Optional<Shape.Part> part(OutputPiece piece) {
        return switch (piece) {
            case OutputPiece.Content(String text) -> Optional.of(Shape.Part.content(text));
            case OutputPiece.Thinking(String text) -> Optional.of(Shape.Part.thinking(text));
            case OutputPiece.CallBegun _, OutputPiece.CallArguments _ -> Optional.empty();
            case OutputPiece.Call call -> Optional.of(Shape.Part.call(call));
            case OutputPiece.CallBroken nothing -> Optional.of(Shape.Part.content(nothing.text()));
        };
    }

    /** What was said of tokens whose text is held back comes with the next text, or at the end. */
    private static Reply logprobs(Reply reply, List<Logprob> logprobs) {
        return reply.some("logprobs", LogprobJson.of(logprobs, false));
    }

    private Map<String, Object> last(Shape.Part part, ChatEvent.Done done, List<String> notes, List<Logprob> logprobs) {
        var reply = shape.last(model, part, done, tokens).some("notes", notes);
        return logprobs(reply, logprobs).json();
    }

    private Map<String, Object> whole(Answer answer) {
        WholeAnswer whole = answer.whole();
        String content = whole.content() + whole.cut().map(BrokenCall::text).orElse("");
        var calls = whole.calls().stream()
                .map(call -> new OutputPiece.Call(call.index(), call.call()))
                .toList();
        return last(new Shape.Part(content, whole.thinking(), calls), whole.end(), answer.notes(), whole.logprobs());
    }
}
