package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.dialect.kit.ErrorForm;
import dev.paddock.dialect.kit.Reply;
import java.util.Map;

/** Ollama's form of an error: a text. Where clients look for certain words they get those. */
final class OllamaErrors implements ErrorForm {
    /** Two blanks, as in Ollama. */
    private static final String QUEUE_FULL = "server busy, please try again.  maximum pending requests exceeded";

    @Override
    public int status(PaddockException failure) {
        return failure instanceof Cloud.Refusal ? 403 : status(failure.fault());
    }

    @Override
    public Object body(int status, String message) {
        return error(message);
    }

    @Override
    public Object body(PaddockException failure) {
        boolean queue = failure instanceof BusyException && failure.fault() == Fault.QUEUE_FULL;
        return error(queue ? QUEUE_FULL : failure.getMessage());
    }

    /** The body of an error. */
    static Map<String, Object> error(String message) {
        return new Reply().put("error", message).json();
    }
}
