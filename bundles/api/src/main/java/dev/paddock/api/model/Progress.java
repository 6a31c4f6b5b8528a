package dev.paddock.api.model;

/**
 * How far a task with a model has come, in the words and figures that Ollama's clients know.
 *
 * @param status what is being done, for example {@code pulling manifest}; the last one of a task that went well is
 *     {@link #SUCCESS}
 * @param digest what the figures are about, {@code sha256:...}; empty when there are none
 * @param total bytes (or whatever the status counts) in all; 0 when unknown or when there are no figures
 * @param completed how many of them are done, 0 to {@code total}
 */
public record Progress(String status, String digest, long total, long completed) {
    /** The status of the last event of a task that went well. */
    public static final String SUCCESS = "success";

    /** A step without figures. */
    public static Progress step(String status) {
        return new Progress(status, "", 0, 0);
    }

    /** How much of one blob is done. */
    public static Progress of(String status, Digest digest, long total, long completed) {
        return new Progress(status, digest.toString(), total, completed);
    }
}
