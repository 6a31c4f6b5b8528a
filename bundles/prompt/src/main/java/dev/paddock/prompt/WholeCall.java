package dev.paddock.prompt;

import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.api.prompt.ToolCall;
import dev.paddock.prompt.json.JsonText;
import java.util.List;

/** The pieces of a call that came at once. */
final class WholeCall {
    private WholeCall() {}

    static void add(List<OutputPiece> out, int index, ToolCall call) {
        out.add(new OutputPiece.CallBegun(index, call.id(), call.name()));
        out.add(new OutputPiece.CallArguments(index, JsonText.of(call.arguments())));
        out.add(new OutputPiece.Call(index, call));
    }
}
