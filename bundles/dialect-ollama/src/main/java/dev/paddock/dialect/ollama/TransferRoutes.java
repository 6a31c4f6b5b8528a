package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Progress;
import dev.paddock.api.transfer.ModelTransfer;
import dev.paddock.api.transfer.RemoteModel;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code POST /api/pull} and {@code POST /api/push}. Both end with their client: what has come stays for the next attempt,
 * and who else waits for it goes on.
 */
final class TransferRoutes {
    private final Supplier<ModelTransfer> transfer;

    /** @param transfer asked for each request; throws when there is none */
    TransferRoutes(Supplier<ModelTransfer> transfer) {
        this.transfer = transfer;
    }

    void pull(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        if (asked.isBlank()) throw Requests.invalid("invalid model name");
        RemoteModel model = remote(asked);
        call.identity().requireModel(model.name());
        boolean insecure = body.flag("insecure", false);
        ModelTransfer service = transfer.get();
        answer(call, body, told -> service.pull(model, insecure, told));
    }

    void push(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        if (asked.isBlank()) throw Requests.invalid("model is required");
        Cloud.refuse(asked);
        boolean insecure = body.flag("insecure", false);
        ModelTransfer service = transfer.get();
        answer(call, body, told -> {
            RemoteModel model = known(asked, told);
            call.identity().requireModel(model.name());
            service.push(model, insecure, told);
        });
    }

    /** Ollama finds out about a name that is none on the way. */
    private static RemoteModel known(String asked, Consumer<Progress> told) {
        try {
            return remote(asked);
        } catch (PaddockException e) {
            told.accept(Progress.step("retrieving manifest"));
            told.accept(Progress.step("couldn't retrieve manifest"));
            throw e;
        }
    }

    private static RemoteModel remote(String asked) {
        return RemoteModel.parse(Cloud.local(asked).text());
    }

    private static void answer(Call call, Fields body, Consumer<Consumer<Progress>> task) throws IOException {
        boolean stream = body.flag("stream", true);
        call.ignored(body.unread());
        if (stream) call.whileHeard(call.ndjson(), told -> run(task, told));
        else whole(call, task);
    }

    /** Whatever fails is the server's fault here, as it is in Ollama. */
    private static void whole(Call call, Consumer<Consumer<Progress>> task) throws IOException {
        try {
            call.await(() -> run(task, _ -> {}));
            Requests.success(call);
        } catch (PaddockException e) {
            if (e.fault() == Fault.CANCELLED || call.stopped()) throw e;
            call.json(500, OllamaErrors.error(e.getMessage()));
        }
    }

    private static boolean run(Consumer<Consumer<Progress>> task, Consumer<Progress> told) {
        task.accept(told);
        return true;
    }
}
