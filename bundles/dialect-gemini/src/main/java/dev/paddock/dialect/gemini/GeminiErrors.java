package dev.paddock.dialect.gemini;

import dev.paddock.api.fault.Fault;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Reply;

/** Google's form of an error (google.rpc.Status). */
final class GeminiErrors implements ErrorForm {
    @Override
    public int status(Fault fault) {
        return fault == Fault.QUEUE_FULL ? 429 : ErrorForm.super.status(fault);
    }

    @Override
    public Object body(int status, String message) {
        Reply error = new Reply().put("code", status).put("message", message).put("status", word(status));
        return new Reply().put("error", error.json()).json();
    }

    private static String word(int status) {
        return switch (status) {
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 503 -> "UNAVAILABLE";
            default -> status < 499 ? "INVALID_ARGUMENT" : "INTERNAL";
        };
    }
}
