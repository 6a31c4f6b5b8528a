package dev.paddock.dialect.ollama;

import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.EventStream;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.NdjsonStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
            else whole(call, answer);
        }
    }

    private void stream(NdjsonStream lines, Answer answer) throws IOException {
        int calls = 0;
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece.Content(String text)) -> line(lines, Shape.Part.content(text), 0);
                case ChatEvent.Delta(OutputPiece.Thinking(String text)) -> line(lines, Shape.Part.thinking(text), 0);
                case ChatEvent.Delta(OutputPiece.Call(ToolCall call)) -> line(lines, Shape.Part.call(call), calls++);
                case ChatEvent.Done done -> lines.send(shape.last(model, Shape.Part.NOTHING, done, tokens));
            }
        }
    }

    private void line(NdjsonStream lines, Shape.Part part, int firstCall) throws IOException {
        lines.send(shape.chunk(model, part, firstCall).put("done", false).json());
    }

    private void whole(Call call, Answer answer) throws IOException {
        StringBuilder content = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        ChatEvent.Done end = null;
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece.Content(String text)) -> content.append(text);
                case ChatEvent.Delta(OutputPiece.Thinking(String text)) -> thinking.append(text);
                case ChatEvent.Delta(OutputPiece.Call(ToolCall made)) -> calls.add(made);
                case ChatEvent.Done done -> end = done;
            }
        }
        call.json(200, shape.last(model, new Shape.Part(content.toString(), thinking.toString(), calls), end, tokens));
    }
}
