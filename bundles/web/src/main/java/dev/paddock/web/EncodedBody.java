package dev.paddock.web;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * A request whose body comes compressed (RFC 9110, section 8.4), as if it came plain. Whoever reads it bounds what it reads,
 * as of any body: a small one that would swell to gigabytes is over the limit as soon as that much of it was read.
 */
final class EncodedBody extends HttpServletRequestWrapper {
    private static final String ENCODING = "Content-Encoding";
    /** They would tell of the body as it was sent. */
    private static final Set<String> HIDDEN = Set.of("content-encoding", "content-length");

    private final String encoding;
    private ServletInputStream plain;

    private EncodedBody(HttpServletRequest request, String encoding) {
        super(request);
        this.encoding = encoding;
    }

    /** The request itself when its body comes as it is. */
    static HttpServletRequest of(HttpServletRequest request) {
        String said = request.getHeader(ENCODING);
        if (said == null || said.isBlank() || said.strip().equalsIgnoreCase("identity")) return request;
        return new EncodedBody(request, said.strip().toLowerCase(Locale.ROOT));
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (plain == null) plain = new Plain(super.getInputStream(), encoding);
        return plain;
    }

    @Override
    public String getHeader(String name) {
        return HIDDEN.contains(name.toLowerCase(Locale.ROOT)) ? null : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return HIDDEN.contains(name.toLowerCase(Locale.ROOT)) ? Collections.emptyEnumeration() : super.getHeaders(name);
    }

    @Override
    public int getContentLength() {
        return -1;
    }

    @Override
    public long getContentLengthLong() {
        return -1;
    }

    /** Reads on until the body itself ends: else Jetty takes the connection for one that still has something to say. */
    private static final class Plain extends ServletInputStream {
        private final ServletInputStream sent;
        private final String encoding;
        private InputStream decoded;
        private boolean finished;

        Plain(ServletInputStream sent, String encoding) {
            this.sent = sent;
            this.encoding = encoding;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                if (decoded == null) decoded = decoder();
                int read = decoded.read(into, offset, length);
                if (read < 0) finish();
                return read;
            } catch (ZipException e) {
                throw new PaddockException(
                        Fault.INVALID_REQUEST, "the body is not what Content-Encoding: " + encoding + " says", e);
            }
        }

        private InputStream decoder() throws IOException {
            return switch (encoding) {
                case "gzip", "x-gzip" -> new GZIPInputStream(sent);
                case "deflate" -> new InflaterInputStream(sent);
                default ->
                    throw new PaddockException(
                            Fault.INVALID_REQUEST,
                            "Content-Encoding: " + encoding + " is not read here; send the body plain or with gzip");
            };
        }

        private void finish() throws IOException {
            finished = true;
            if (sent.read() >= 0)
                throw new PaddockException(
                        Fault.INVALID_REQUEST, "there is more after the end of the " + encoding + " body");
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is read blocking");
        }

        @Override
        public void close() throws IOException {
            if (decoded != null) decoded.close();
        }
    }
}
