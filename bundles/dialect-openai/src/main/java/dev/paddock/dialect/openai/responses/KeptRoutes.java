package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import dev.paddock.dialect.kit.Router;
import java.io.IOException;
import java.util.Map;

/** What is below {@code /v1/responses/}: kept responses, shown and deleted. */
public final class KeptRoutes {
    private static final String ITEMS = "/input_items";
    private static final String CANCEL = "/cancel";

    private final ResponseStore store;
    private final ErrorForm errors;
    private final String prefix;
    private final Router.Handler unknown;

    /**
     * @param prefix what all paths begin with, slash at the end
     * @param unknown answers what is no path of these
     */
    public KeptRoutes(ResponseStore store, ErrorForm errors, String prefix, Router.Handler unknown) {
        this.store = store;
        this.errors = errors;
        this.prefix = prefix;
        this.unknown = unknown;
    }

    /** {@code GET <id>} and {@code GET <id>/input_items}. */
    public void show(Call call) throws IOException {
        String rest = call.rest(prefix);
        String id = rest.endsWith(ITEMS) ? rest.substring(0, rest.length() - ITEMS.length()) : rest;
        var kept = store.find(owner(call), id);
        if (kept.isEmpty()) missing(call, id);
        else if (rest.endsWith(ITEMS))
            call.json(200, ItemPage.of(call, kept.get().inputItems()));
        else if (call.query("stream").orElse("false").equals("true")) {
            throw new PaddockException(
                    Fault.INVALID_REQUEST, "\"stream\" is for responses in the background, which are not supported");
        } else call.json(200, kept.get().json());
    }

    /** {@code DELETE <id>}. */
    public void delete(Call call) throws IOException {
        String id = call.rest(prefix);
        if (!store.remove(owner(call), id)) missing(call, id);
        else
            call.json(
                    200,
                    new Reply()
                            .put("id", id)
                            .put("object", "response")
                            .put("deleted", true)
                            .json());
    }

    /** {@code POST <id>/cancel}: nothing runs in the background that could be cancelled. */
    public void cancel(Call call) throws IOException {
        if (!call.path().endsWith(CANCEL)) unknown.answer(call);
        else {
            throw new PaddockException(
                    Fault.INVALID_REQUEST,
                    "only responses in the background can be cancelled, which are not supported; close the connection"
                            + " to cancel an answer");
        }
    }

    private void missing(Call call, String id) throws IOException {
        String text = "Response with id '" + id + "' not found: it was never kept, or not until now";
        call.json(404, errors.body(404, text));
    }

    private static Identity owner(Call call) {
        return call.asker(new Fields(Map.of())).identity();
    }
}
