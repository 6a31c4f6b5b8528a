package dev.paddock.dialect.gemini;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends one answer in pieces; calls come whole, as Google's do. */
final class GenerateStream {
    /** Where the pieces go. */
    @FunctionalInterface
    interface Out {
        void send(Object json) throws IOException;
    }

    private final GenerateJson json;
    private final Out out;
    private final List<Logprob> likely = new ArrayList<>();
    private final StringBuilder arguments = new StringBuilder();
    private String name = "";
    /** What was to be a call and came to nothing, while nothing has come after it; else empty. */
    private String broken = "";

    GenerateStream(GenerateJson json, Out out) {
        this.json = json;
        this.out = out;
    }

    void send(Answer answer) throws IOException {
        while (answer.hasNext()) {
            switch (answer.next()) {
                case ChatEvent.Delta(OutputPiece piece) -> {
                    sendBroken(answer);
                    send(piece, answer);
                }
                case ChatEvent.Likely(var logprobs) -> likely.addAll(logprobs);
                case ChatEvent.Done done -> finish(done, answer);
            }
        }
    }

    private void send(OutputPiece piece, Answer answer) throws IOException {
        switch (piece) {
            case OutputPiece.Content(String text) -> part(GenerateJson.text(text), answer);
            case OutputPiece.Thinking(String text) -> {
                if (json.body().showsThoughts()) part(GenerateJson.thought(text), answer);
            }
            case OutputPiece.CallBegun call -> {
                name = call.name();
                arguments.setLength(0);
            }
            case OutputPiece.CallArguments more -> arguments.append(more.json());
            case OutputPiece.Call whole -> part(GenerateJson.call(whole.call()), answer);
            case OutputPiece.CallBroken nothing -> broken = nothing.text();
        }
    }

    private void sendBroken(Answer answer) throws IOException {
        if (broken.isEmpty()) return;
        part(GenerateJson.text(broken), answer);
        broken = "";
    }

    private void part(Map<String, Object> part, Answer answer) throws IOException {
        out.send(json.piece(part, likely, answer));
        likely.clear();
    }

    private void finish(ChatEvent.Done done, Answer answer) throws IOException {
        boolean cut = done.reason() == StopReason.LENGTH && !broken.isEmpty();
        if (!cut) sendBroken(answer);
        String said = cut ? GenerateJson.cut(name, arguments.toString()) : "";
        out.send(json.last(GenerateJson.candidate(List.of(), likely), done, said, answer));
    }
}
