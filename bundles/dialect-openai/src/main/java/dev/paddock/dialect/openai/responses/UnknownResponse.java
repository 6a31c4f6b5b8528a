package dev.paddock.dialect.openai.responses;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;

/** A request goes on from a response that is not kept, or not any more. */
final class UnknownResponse extends PaddockException {
    private static final long serialVersionUID = 1L;

    UnknownResponse(String message) {
        super(Fault.INVALID_REQUEST, message);
    }
}
