package dev.paddock.cli.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The answer to one request: its head has been read, its body is read by the caller. Closing, from any thread, hangs
 * up.
 */
public final class HttpAnswer implements Closeable {
    /** Longest line of a streamed body, in bytes. */
    private static final int MAX_LINE = 64 << 20;

    private static final int MAX_HEAD_LINE = 16 << 10;
    private static final int MAX_HEADERS = 200;

    private final Socket socket;
    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;

    private HttpAnswer(Socket socket, int status, Map<String, String> headers, InputStream body) {
        this.socket = socket;
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static HttpAnswer read(Socket socket, boolean headOnly) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
        int status = status(in);
        Map<String, String> headers = headers(in);
        while (status / 100 == 1) {
            status = status(in);
            headers = headers(in);
        }
        return new HttpAnswer(socket, status, headers, headOnly ? InputStream.nullInputStream() : body(in, headers));
    }

    private static int status(InputStream in) throws IOException {
        String line = headLine(in);
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new NotHttpException("it does not speak HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int i = 0; i <= MAX_HEADERS; i++) {
            String line = headLine(in);
            if (line.isEmpty()) return headers;
            int colon = line.indexOf(':');
            if (colon <= 0) throw new NotHttpException("its headers are malformed");
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new NotHttpException("it sends more than " + MAX_HEADERS + " headers");
    }

    private static String headLine(InputStream in) throws IOException {
        byte[] line = line(in, MAX_HEAD_LINE);
        if (line == null) throw new NotHttpException("it closed the connection without an answer");
        return new String(line, StandardCharsets.ISO_8859_1);
    }

    private static InputStream body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) return new ChunkedInput(in);
        String length = headers.get("content-length");
        if (length == null) return in;
        if (!length.matches("[0-9]{1,18}")) throw new NotHttpException("its Content-Length is malformed");
        return new CountedInput(in, Long.parseLong(length));
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The value of a header; empty when there is none. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    /** The body as it comes. */
    public InputStream body() {
        return body;
    }

    /** The next line of the body without its end; null after the last. An answer that was cut throws. */
    public byte[] line() throws IOException {
        return line(body, MAX_LINE);
    }

    /** The rest of the body, at most so many bytes. */
    public byte[] bytes(int most) throws IOException {
        return body.readNBytes(most);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Up to the next line feed; null at the end. */
    static byte[] line(InputStream in, int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        int b = in.read();
        if (b < 0) return null;
        while (b >= 0 && b != '\n') {
            if (line.size() == most) throw new NotHttpException("it sends a line of more than " + most + " bytes");
            line.write(b);
            b = in.read();
        }
        byte[] bytes = line.toByteArray();
        boolean carriageReturn = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        return carriageReturn ? java.util.Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }
}
