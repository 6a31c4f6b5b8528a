package dev.paddock.cli.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * One request.
 *
 * @param method in capitals
 * @param path begins with a slash, query included, percent-encoded by the caller
 * @param contentType of the body; empty when there is none
 * @param body what is sent
 * @param silence most milliseconds that the server may say nothing; 0 = any time
 */
public record HttpRequest(String method, String path, String contentType, Body body, int silence) {
    /** The bytes of a request, written once. */
    public interface Body {
        /** How many bytes {@link #writeTo} will write. */
        long length();

        /** Writes them all. */
        void writeTo(OutputStream out) throws IOException;

        /** No bytes at all. */
        Body NONE = of(new byte[0]);

        /** Bytes that are in memory. */
        static Body of(byte[] bytes) {
            return new Body() {
                @Override
                public long length() {
                    return bytes.length;
                }

                @Override
                public void writeTo(OutputStream out) throws IOException {
                    out.write(bytes);
                }
            };
        }
    }

    /** A request without a body; the server must begin its answer within the given milliseconds. */
    public static HttpRequest of(String method, String path, int silence) {
        return new HttpRequest(method, path, "", Body.NONE, silence);
    }
}
