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

/** The small routes about what is stored: list, delete, blobs. */
final class StoreRoutes {
    static final String BLOBS = "/api/blobs/";

    private final ModelStore store;
    private final BlobStore blobs;
    private final long blobLimit;

    StoreRoutes(ModelStore store, BlobStore blobs, long blobLimit) {
        this.store = store;
        this.blobs = blobs;
        this.blobLimit = blobLimit;
    }

    void tags(Call call) throws IOException {
        call.json(
                200,
                new Reply()
                        .put("models", store.list().stream().map(ModelJson::tag).toList())
                        .json());
    }

    void delete(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        call.ignored(body.unread());
        if (asked.isBlank()) throw Requests.invalid("model is required");
        ModelName name = nameToDelete(asked);
        // Not looked up first: a model that can no longer be read is the one that most needs deleting.
        try {
            store.delete(name);
        } catch (PaddockException e) {
            throw e.fault() == Fault.MODEL_NOT_FOUND ? notFound(asked) : e;
        }
        call.empty(200);
    }

    private static ModelName nameToDelete(String asked) {
        try {
            return ModelReference.parse(asked).name();
        } catch (PaddockException e) {
            throw new PaddockException(e.fault(), "name \"" + asked + "\" is invalid", e);
        }
    }

    void hasBlob(Call call) {
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
