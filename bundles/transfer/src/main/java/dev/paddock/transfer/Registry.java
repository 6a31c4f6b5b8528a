package dev.paddock.transfer;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.MediaType;
import dev.paddock.json.Json;
import dev.paddock.transfer.net.Body;
import dev.paddock.transfer.net.Call;
import dev.paddock.transfer.net.Reply;
import dev.paddock.transfer.net.Session;
import dev.paddock.transfer.net.StatusException;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.net.URI;

/** One repository of a registry, by the distribution protocol. Safe for many threads. */
final class Registry {
    static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
    static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String ACCEPTED = String.join(", ", MediaType.MANIFEST, OCI_MANIFEST, OCI_INDEX, DOCKER_LIST);

    private final Session session;
    private final URI base;
    private final String repository;

    /**
     * @param session stays open as long as this is used
     * @param base of the registry, without a slash at its end
     * @param name whose namespace and model are the repository
     */
    Registry(Session session, URI base, ModelName name) {
        this.session = session;
        this.base = base;
        this.repository = name.namespace() + "/" + name.model();
    }

    Session session() {
        return session;
    }

    URI base() {
        return base;
    }

    /** For people. */
    String host() {
        return base.getAuthority();
    }

    URI blob(Digest digest) {
        return at("blobs/" + digest);
    }

    /** @param reference a tag or a digest */
    URI manifest(String reference) {
        return at("manifests/" + reference);
    }

    private URI at(String path) {
        return URI.create(base + "/v2/" + repository + "/" + path);
    }

    /** The bytes of a manifest or an index, at most {@link Json#MAX_BYTES}. */
    byte[] fetchManifest(String reference) throws IOException {
        try (Reply reply = session.send(Call.get(manifest(reference)).header("Accept", ACCEPTED))) {
            if (reply.status() != 200) throw failure(reply);
            return reply.all(Json.MAX_BYTES, "the manifest");
        }
    }

    void putManifest(String tag, byte[] content, String mediaType) throws IOException {
        Call call = Call.with("PUT", manifest(tag), Body.of(content))
                .header("Content-Type", mediaType)
                .patiently();
        try (Reply reply = session.once(call)) {
            if (reply.status() < 200 || reply.status() > 299) throw failure(reply);
        }
    }

    /** Whether the registry has a blob. */
    boolean has(Layer layer) throws IOException {
        try (Reply reply = session.send(Call.head(blob(layer.digest())))) {
            if (reply.status() == 404) return false;
            if (reply.status() != 200) throw failure(reply);
            return true;
        }
    }

    /** Where an upload begins. */
    URI uploads(String query) {
        return URI.create(at("blobs/uploads/") + query);
    }

    /** What an answer other than the expected one means. */
    static IOException failure(Reply reply) {
        if (reply.status() >= 400) return StatusException.of(reply);
        return new WrongAnswerException("unexpected status code " + reply.status());
    }
}
