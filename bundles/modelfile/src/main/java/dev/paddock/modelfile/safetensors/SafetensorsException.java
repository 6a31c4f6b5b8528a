package dev.paddock.modelfile.safetensors;

import java.io.IOException;

/** The bytes are no sound safetensors file; the message says what is wrong, for the person who supplied it. */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1L;

    SafetensorsException(String what) {
        super(what);
    }

    SafetensorsException(String what, Throwable cause) {
        super(what, cause);
    }
}
