package dev.paddock.dialect.anthropic;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Reply;
import java.util.Map;

/** Anthropic's form of an error: what its SDKs make exceptions of, and agents decide by whether they try again. */
final class AnthropicErrors implements ErrorForm {
    private static final int OVERLOADED = 529;
    /** By these words agents know that their conversation is to be made shorter. */
    private static final String TOO_LONG = "prompt is too long: ";

    @Override
    public int status(Fault fault) {
        return fault == Fault.QUEUE_FULL ? OVERLOADED : ErrorForm.super.status(fault);
    }

    @Override
    public Object body(int status, String message) {
        return body(status, message, "");
    }

    @Override
    public Object body(PaddockException failure, String request) {
        boolean tooLong = failure.fault() == Fault.CONTEXT_TOO_LONG;
        String message = tooLong ? TOO_LONG + failure.getMessage() : failure.getMessage();
        return body(status(failure.fault()), message, request);
    }

    /** @param request the id of the request; empty when it has none */
    static Map<String, Object> body(int status, String message, String request) {
        Reply error = new Reply().put("type", type(status)).put("message", message);
        return new Reply()
                .put("type", "error")
                .put("error", error.json())
                .some("request_id", request)
                .json();
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 413 -> "request_too_large";
            case 429 -> "rate_limit_error";
            case 503, OVERLOADED -> "overloaded_error";
            default -> status < 499 ? "invalid_request_error" : "api_error";
        };
    }
}
