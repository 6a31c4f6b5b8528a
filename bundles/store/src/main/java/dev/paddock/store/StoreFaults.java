package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The store's failures in words for clients. */
final class StoreFaults {
    private StoreFaults() {}

    static PaddockException failed(String what, IOException cause) {
        return new PaddockException(Fault.STORE_FAILED, what + ": " + reason(cause), cause);
    }

    static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }

    static PaddockException notFound(ModelName name) {
        return new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name.display() + "' not found");
    }

    static PaddockException damaged(ModelName name, IOException cause) {
        return new PaddockException(
                Fault.MODEL_DAMAGED,
                "model '" + name.display() + "' is damaged: " + reason(cause)
                        + "; pull it or create it again, or delete it",
                cause);
    }

    /** What went wrong, without the class names of Java. */
    static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException f -> "no such file: " + f.getFile();
            case AccessDeniedException f -> "permission denied: " + f.getFile();
            case FileSystemException f when f.getReason() != null -> f.getReason() + ": " + f.getFile();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
