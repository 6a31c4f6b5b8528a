package dev.paddock.dialect.openai.shared;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Reply;
import java.io.IOException;
import java.util.Map;

/** OpenAI's form of an error; some faults have a code that clients act upon. */
public final class Envelope implements ErrorForm {
    @Override
    public int status(Fault fault) {
        return fault == Fault.QUEUE_FULL ? 429 : ErrorForm.super.status(fault);
    }

    @Override
    public Object body(int status, String message) {
        return body(status, message, null);
    }

    @Override
    public Object body(PaddockException failure) {
        String code =
                switch (failure.fault()) {
                    case CONTEXT_TOO_LONG -> "context_length_exceeded";
                    case MODEL_NOT_FOUND -> "model_not_found";
                    case QUEUE_FULL, RATE_LIMITED -> "rate_limit_exceeded";
                    case UNAUTHENTICATED -> "invalid_api_key";
                    default -> null;
                };
        return body(status(failure.fault()), failure.getMessage(), code);
    }

    /** Answers for a path that does not exist. */
    public static void unknown(Call call) throws IOException {
        call.json(404, new Envelope().body(404, call.path() + " is not a path of this version of Paddock"));
    }

    private static Map<String, Object> body(int status, String message, String code) {
        String type =
                switch (status) {
                    case 400, 413 -> "invalid_request_error";
                    case 401 -> "authentication_error";
                    case 403 -> "permission_error";
                    case 404 -> "not_found_error";
                    case 429 -> "rate_limit_error";
                    default -> "api_error";
                };
        Reply error = new Reply()
                .put("message", message)
                .put("type", type)
                .put("param", null)
                .put("code", code);
        return new Reply().put("error", error.json()).json();
    }
}
