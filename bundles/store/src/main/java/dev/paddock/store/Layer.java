package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One reference of a manifest to a blob.
 *
 * @param mediaType what the content is
 * @param digest which blob
 * @param size its bytes
 * @param from display name of the model it was taken from, or name of the source file; may be empty
 * @param name of a file inside a model of several files; may be empty
 */
record Layer(String mediaType, Digest digest, long size, String from, String name) {
    Layer(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, "", "");
    }

    Layer takenFrom(String source) {
        return new Layer(mediaType, digest, size, source, name);
    }

    static Layer parse(Map<?, ?> json) throws IOException {
        try {
            return new Layer(
                    Json.text(json, "mediaType"),
                    Digest.parse(Json.text(json, "digest")),
                    Json.number(json, "size"),
                    Json.text(json, "from"),
                    Json.text(json, "name"));
        } catch (PaddockException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mediaType", mediaType);
        json.put("digest", digest.toString());
        json.put("size", size);
        if (!from.isEmpty()) json.put("from", from);
        if (!name.isEmpty()) json.put("name", name);
        return json;
    }
}
