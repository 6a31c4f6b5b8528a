package dev.paddock.dialect.ollama;

import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.NdjsonStream;
import dev.paddock.dialect.kit.WholeAnswer;
import java.io.IOException;
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
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece.Content(String text)) -> line(lines, Shape.Part.content(text), 0);
                case ChatEvent.Delta(OutputPiece.Thinking(String text)) -> line(lines, Shape.Part.thinking(text), 0);
                case ChatEvent.Delta(OutputPiece.Call(ToolCall call)) -> line(lines, Shape.Part.call(call), calls++);
                case ChatEvent.Likely likely -> {}
                case ChatEvent.Done done -> lines.send(shape.last(model, Shape.Part.NOTHING, done, tokens));
            }
        }
    }

    private void line(NdjsonStream lines, Shape.Part part, int firstCall) throws IOException {
        lines.send(shape.chunk(model, part, firstCall).put("done", false).json());
    }

    private Map<String, Object> whole(WholeAnswer answer) {
        var part = new Shape.Part(answer.content(), answer.thinking(), answer.calls());
        return shape.last(model, part, answer.end(), tokens);
    }
}
