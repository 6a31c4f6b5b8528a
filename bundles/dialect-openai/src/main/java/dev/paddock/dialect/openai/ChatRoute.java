package dev.paddock.dialect.openai;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.inference.InferenceService;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.dialect.kit.Answer;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code POST /v1/chat/completions}. */
final class ChatRoute {
    private final InferenceService inference;

    ChatRoute(InferenceService inference) {
        this.inference = inference;
    }

    void answer(Call call) throws IOException {
        Fields fields =
                call.body().orElseThrow(() -> new PaddockException(Fault.INVALID_REQUEST, "missing request body"));
        ChatBody body = ChatBody.parse(fields);
        call.ignored(fields.unread());
        ChatJson json = new ChatJson(
                "chatcmpl-" + call.id(),
                Instant.now().getEpochSecond(),
                body.request().model());
        try (Answer answer = call.open(() -> inference.chat(body.request(), call.identity()))) {
            if (body.stream()) new ChatStream(json, call.sse(), body.usage()).send(answer);
            else whole(call, json, answer);
        }
    }

    private static void whole(Call call, ChatJson json, Answer answer) throws IOException {
        StringBuilder content = new StringBuilder();
        StringBuilder reasoning = new StringBuilder();
        List<ToolCall> calls = new ArrayList<>();
        ChatEvent.Done end = null;
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece.Content(String text)) -> content.append(text);
                case ChatEvent.Delta(OutputPiece.Thinking(String text)) -> reasoning.append(text);
                case ChatEvent.Delta(OutputPiece.Call(ToolCall made)) -> calls.add(made);
                case ChatEvent.Done done -> end = done;
            }
        }
        call.json(200, json.whole(content.toString(), reasoning.toString(), calls, end.reason(), end.usage()));
    }
}
