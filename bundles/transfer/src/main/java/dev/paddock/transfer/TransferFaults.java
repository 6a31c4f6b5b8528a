package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.transfer.net.RefusedException;
import dev.paddock.transfer.net.StatusException;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;

/** Failures of transfers in words for clients. */
final class TransferFaults {
    private TransferFaults() {}

    /**
     * What a client sees of a failure.
     *
     * @param prefix which step it was, as Ollama says it; may be empty
     */
    static PaddockException of(String prefix, IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new PaddockException(fault(e), prefix + text, e);
    }

    private static Fault fault(IOException e) {
        return switch (e) {
            case RefusedException _ -> Fault.UNSUPPORTED;
            case WrongAnswerException _ -> Fault.INVALID_REQUEST;
            case StatusException s when s.status() == 404 -> Fault.MODEL_NOT_FOUND;
            case StatusException s when s.passing() -> Fault.UNAVAILABLE;
            case StatusException _ -> Fault.INVALID_REQUEST;
            default -> Fault.UNAVAILABLE;
        };
    }
}
