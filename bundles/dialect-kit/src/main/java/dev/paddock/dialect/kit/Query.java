package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The part of a request's address behind the question mark. Not by way of the container's parameters: for those it reads
 * the body of what a plain {@code curl -d} sends, which it takes for a form.
 */
final class Query {
    private Query() {}

    /**
     * The first value of a parameter; empty when it is absent or blank.
     *
     * @param query null when there is none
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for percent signs that mean nothing
     */
    static Optional<String> value(String query, String name) {
        if (query == null) return Optional.empty();
        return Arrays.stream(query.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> decoded(parameter[0]).equals(name))
                .map(parameter -> parameter.length == 2 ? decoded(parameter[1]) : "")
                .findFirst()
                .filter(text -> !text.isBlank());
    }

    /** The decoder of the JDK would put a mark in place of bytes that are no UTF-8. */
    private static String decoded(String text) {
        try {
            byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new PaddockException(Fault.INVALID_REQUEST, "the query is not encoded as it must be", e);
        }
    }
}
