package dev.paddock.dialect.kit;

import dev.paddock.api.engine.Logprob;
import dev.paddock.api.engine.StopReason;
import dev.paddock.api.inference.ChatEvent;
import dev.paddock.api.prompt.OutputPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the pieces of an answer together. One thread. */
final class Gathering {
    private final StringBuilder content = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final List<WholeCall> calls = new ArrayList<>();
    private final List<Logprob> logprobs = new ArrayList<>();
    private final StringBuilder arguments = new StringBuilder();
    private OutputPiece.CallBegun begun;
    /** A call that came to nothing, while nothing has come after it. */
    private Optional<BrokenCall> broken = Optional.empty();

    void add(List<Logprob> more) {
        logprobs.addAll(more);
    }

    void add(OutputPiece piece) {
        broken.ifPresent(call -> content.append(call.text()));
        broken = Optional.empty();
        switch (piece) {
            case OutputPiece.Content(String text) -> content.append(text);
            case OutputPiece.Thinking(String text) -> thinking.append(text);
            case OutputPiece.CallBegun call -> {
                begun = call;
                arguments.setLength(0);
            }
            case OutputPiece.CallArguments more -> arguments.append(more.json());
            case OutputPiece.Call(int index, var call) -> calls.add(new WholeCall(index, call, arguments.toString()));
            case OutputPiece.CallBroken(int index, String text) ->
                broken = Optional.of(new BrokenCall(index, begun.id(), begun.name(), arguments.toString(), text));
        }
    }

    WholeAnswer end(ChatEvent.Done done) {
        var cut = broken.filter(_ -> done.reason() == StopReason.LENGTH);
        if (cut.isEmpty()) broken.ifPresent(call -> content.append(call.text()));
        return new WholeAnswer(content.toString(), thinking.toString(), calls, cut, logprobs, done);
    }
}
