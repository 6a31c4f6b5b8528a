package dev.paddock.cli.http;

import java.io.IOException;

/** What answered does not speak HTTP. */
public final class NotHttpException extends IOException {
    private static final long serialVersionUID = 1L;

    NotHttpException(String message) {
        super(message);
    }
}
