package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.store.BlobStore;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.io.IOException;

/** The small routes that change what is stored: copy, delete, blobs. */
final class StoreRoutes {
    static final String BLOBS = "/api/blobs/";
    /** Bytes that a removal gave back; Ollama's answer has no body to say it in. */
    private static final String FREED = "X-Paddock-Freed-Bytes";

    private final ModelStore store;
    private final BlobStore blobs;
    private final long blobLimit;

    StoreRoutes(ModelStore store, BlobStore blobs, long blobLimit) {
        this.store = store;
        this.blobs = blobs;
        this.blobLimit = blobLimit;
    }

    void copy(Call call) throws IOException {
        Fields body = Requests.body(call);
        String from = body.text("source").orElse("").strip();
        ModelName source = name(call, "source", from);
        ModelName destination =
                name(call, "destination", body.text("destination").orElse("").strip());
        call.ignored(body.unread());
        try {
            store.copy(source, destination);
        } catch (PaddockException e) {
            if (e.fault() != Fault.MODEL_NOT_FOUND) throw e;
            throw new PaddockException(Fault.MODEL_NOT_FOUND, "model \"" + from + "\" not found", e);
        }
        call.empty(200);
    }

    void delete(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        call.ignored(body.unread());
        if (asked.isBlank()) throw Requests.invalid("model is required");
        ModelName name = name(call, "name", asked);
        // Not looked up first: a model that can no longer be read is the one that most needs deleting.
        try {
            call.header(FREED, Long.toString(store.delete(name).bytes()));
        } catch (PaddockException e) {
            throw e.fault() == Fault.MODEL_NOT_FOUND ? notFound(asked) : e;
        }
        call.empty(200);
    }

    /** If whoever asks may use it. */
    private static ModelName name(Call call, String field, String asked) {
        ModelName name = name(field, asked);
        call.identity().requireModel(name);
        return name;
    }

    private static ModelName name(String field, String asked) {
        try {
            return local(asked);
        } catch (PaddockException e) {
            throw new PaddockException(e.fault(), field + " \"" + asked + "\" is invalid", e);
        }
    }

    /** A store that was Ollama's may hold stubs of cloud models: they cannot run here, but be copied and deleted. */
    private static ModelName local(String asked) {
        try {
            return ModelReference.parse(asked).name();
        } catch (PaddockException e) {
            if (e.fault() == Fault.UNSUPPORTED) return ModelName.parse(asked);
            throw e;
        }
    }

    void hasBlob(Call call) throws IOException {
        call.empty(blobs.keep(digest(call)).isPresent() ? 200 : 404);
    }

    void putBlob(Call call) throws IOException {
        Digest digest = digest(call);
        if (blobs.keep(digest).isPresent()) {
            call.empty(200);
            return;
        }
        blobs.put(digest, call.raw(blobLimit));
        call.empty(201);
    }

    static PaddockException notFound(String asked) {
        return new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + asked + "' not found");
    }

    /** A colon may be written as {@code %3A}. */
    private static Digest digest(Call call) {
        return Digest.parse(call.path().substring(BLOBS.length()).replaceFirst("(?i)%3a", ":"));
    }
}
