package dev.paddock.dialect.openai.files;

import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.Reply;
import java.time.Instant;
import java.util.Map;

/**
 * A file that a client sent, or that was made for it.
 *
 * @param id begins with {@code file-}
 * @param owner the name of the identity that may see it
 * @param bytes its size
 * @param created when it was complete
 * @param expires when it is removed
 * @param name as its owner calls it
 * @param purpose {@link #INPUT} or {@link #OUTPUT}
 */
public record StoredFile(
        String id, String owner, long bytes, Instant created, Instant expires, String name, String purpose) {
    /** The purpose of requests of a batch. */
    public static final String INPUT = "batch";
    /** The purpose of a batch's results. */
    public static final String OUTPUT = "batch_output";

    /** As OpenAI's API shows it. */
    public Map<String, Object> json() {
        return new Reply()
                .put("id", id)
                .put("object", "file")
                .put("bytes", bytes)
                .put("created_at", created.getEpochSecond())
                .put("expires_at", expires.getEpochSecond())
                .put("filename", name)
                .put("purpose", purpose)
                .put("status", "processed")
                .put("status_details", null)
                .json();
    }

    /** As it is kept. */
    Map<String, Object> kept() {
        return new Reply()
                .put("id", id)
                .put("owner", owner)
                .put("bytes", bytes)
                .put("created", created.toEpochMilli())
                .put("expires", expires.toEpochMilli())
                .put("name", name)
                .put("purpose", purpose)
                .json();
    }

    static StoredFile of(Map<String, Object> kept) {
        Fields fields = new Fields(kept);
        return new StoredFile(
                fields.text("id").orElseThrow(),
                fields.text("owner").orElseThrow(),
                number(fields, "bytes"),
                Instant.ofEpochMilli(number(fields, "created")),
                Instant.ofEpochMilli(number(fields, "expires")),
                fields.text("name").orElseThrow(),
                fields.text("purpose").orElseThrow());
    }

    private static long number(Fields fields, String name) {
        return fields.number(name).orElseThrow().longValue();
    }
}
