package dev.paddock.dialect.openai.batches;

import dev.paddock.dialect.kit.Json;
import java.util.Map;

/**
 * One request of a batch.
 *
 * @param id the client's own name for it, unique in the batch
 * @param body as it would have been sent to the endpoint
 */
record InputLine(String id, Map<String, Object> body) {
    private static final int MOST_ID = 512;

    /** A line that is no request. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String code;

        MalformedException(String code, String message) {
            super(message);
            this.code = code;
        }

        /** The name of the error for programs. */
        String code() {
            return code;
        }
    }

    /** Reads {@code {"custom_id", "method", "url", "body"}}. */
    @SuppressWarnings("unchecked") // Jackson gives objects as maps with text keys
    static InputLine parse(String text, String endpoint) throws MalformedException {
        var json = Json.parseOnlyObject(text)
                .orElseThrow(() -> new MalformedException("invalid_json_line", "the line is not one JSON object"));
        if (!(json.get("custom_id") instanceof String id) || id.isEmpty() || id.length() > MOST_ID) {
            throw new MalformedException(
                    "missing_required_parameter", "\"custom_id\" must be a string of 1 to " + MOST_ID + " characters");
        }
        if (!"POST".equals(json.getOrDefault("method", "POST"))) {
            throw new MalformedException("invalid_method", "\"method\" must be POST");
        }
        if (!endpoint.equals(json.get("url"))) {
            throw new MalformedException("mismatched_endpoint", "\"url\" must be the batch's endpoint, " + endpoint);
        }
        if (!(json.get("body") instanceof Map<?, ?> body)) {
            throw new MalformedException("missing_required_parameter", "\"body\" must be an object");
        }
        return new InputLine(id, (Map<String, Object>) body);
    }
}
