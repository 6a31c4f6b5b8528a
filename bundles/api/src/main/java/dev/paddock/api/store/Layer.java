package dev.paddock.api.store;

import dev.paddock.api.model.Digest;

/**
 * One reference of a manifest to a blob.
 *
 * @param mediaType what the content is, one of {@link MediaType} or unknown
 * @param digest which blob
 * @param size its bytes
 * @param from display name of the model it was taken from, or name of the source file; may be empty
 * @param name of a file inside a model of several files; may be empty
 */
public record Layer(String mediaType, Digest digest, long size, String from, String name) {
    /** Of nowhere in particular. */
    public Layer(String mediaType, Digest digest, long size) {
        this(mediaType, digest, size, "", "");
    }

    /** The same content, said to be from there. */
    public Layer takenFrom(String source) {
        return new Layer(mediaType, digest, size, source, name);
    }
}
