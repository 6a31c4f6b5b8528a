package dev.paddock.dialect.openai.responses;

import dev.paddock.api.prompt.OutputPiece;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.Map;

/** A call of a function. When the answer is cut off in it, its arguments end where they are and are never done. */
final class CallItem extends OutputItem {
    private final OutputPiece.CallBegun call;
    private final ToolNames.Path path;
    private final StringBuilder arguments = new StringBuilder();

    CallItem(Place place, OutputPiece.CallBegun call, ToolNames.Path path) {
        super(place);
        this.call = call;
        this.path = path;
    }

    /** More of its arguments, a piece of JSON. */
    void add(String json) throws IOException {
        arguments.append(json);
        send("response.function_call_arguments.delta", part().put("delta", json));
    }

    @Override
    void closing(String status) throws IOException {
        if (!status.equals(COMPLETED)) return;
        Reply done = part().put("name", path.name()).put("arguments", arguments.toString());
        send("response.function_call_arguments.done", done);
    }

    @Override
    Map<String, Object> json(String status) {
        return json(status, arguments.toString());
    }

    @Override
    Map<String, Object> empty(String status) {
        return json(status, "");
    }

    private Map<String, Object> json(String status, String written) {
        return new Reply()
                .put("id", id())
                .put("type", "function_call")
                .put("status", status)
                .put("call_id", call.id())
                .put("name", path.name())
                .some("namespace", path.namespace())
                .put("arguments", written)
                .json();
    }
}
