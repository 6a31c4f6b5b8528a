package dev.paddock.web;

import dev.paddock.api.fault.PaddockException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Takes in what nobody read of a small body, as one that is sent to a path that does not exist. Jetty would close the
 * connection without a word when the last bytes are still on their way, and the client would send its next request into
 * the void.
 */
final class RestOfBody {
    /** Larger ones are worth a new connection. */
    private static final long SMALL = 64 << 10;

    private RestOfBody() {}

    static void discard(HttpServletRequest request, HttpServletResponse response) {
        long length = request.getContentLengthLong();
        boolean waits = request.getHeader("Expect") != null;
        if (length <= 0 || length > SMALL || waits || "close".equals(response.getHeader("Connection"))) return;
        try {
            ServletInputStream body = request.getInputStream();
            byte[] buffer = new byte[8192];
            while (!body.isFinished() && body.read(buffer) >= 0) {
                // Nobody wants it.
            }
        } catch (IOException | IllegalStateException | PaddockException e) {
            // The client is gone or takes its time, or somebody took the body as text, to its end.
        }
    }
}
