package dev.paddock.transfer.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;

/** An answer whose body may still be coming. Closing it before the end of the body closes the connection. */
public final class Reply implements AutoCloseable {
    private static final int MAX_ERROR_BYTES = 512;

    private final URI address;
    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final Watch watch;
    private final Consumer<Watch> closed;
    private boolean ended;

    /** @param closed is told when it is closed, by the thread that sent the request */
    Reply(URI address, HttpUriRequestBase request, ClassicHttpResponse response, Watch watch, Consumer<Watch> closed) {
        this.closed = closed;
        this.address = address;
        this.request = request;
        this.response = response;
        this.watch = watch;
        this.ended = response.getEntity() == null;
    }

    /** Who answered, after redirects. */
    public URI address() {
        return address;
    }

    /** 100 to 599. */
    public int status() {
        return response.getCode();
    }

    /** The first header of that name. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(NameValuePair::getValue);
    }

    /** All headers of that name. */
    public List<String> headers(String name) {
        return Arrays.stream(response.getHeaders(name))
                .map(NameValuePair::getValue)
                .toList();
    }

    /** Bytes of the body as announced; -1 when nothing was. */
    public long length() {
        HttpEntity entity = response.getEntity();
        return entity == null ? 0 : entity.getContentLength();
    }

    /**
     * Reads some of the body.
     *
     * @return how many bytes; -1 at its end
     */
    public int read(byte[] buffer, int offset, int count) throws IOException {
        if (ended) return -1;
        try {
            InputStream content = response.getEntity().getContent();
            int got = content == null ? -1 : content.read(buffer, offset, count);
            if (got < 0) ended = true;
            else watch.moved(got);
            return got;
        } catch (IOException e) {
            throw Wire.explained(e, watch, address);
        }
    }

    /** We kept the sender waiting; that is not held against it. */
    public void excuse() {
        watch.excuse();
    }

    /**
     * The whole body.
     *
     * @throws WrongAnswerException when it is longer than that
     */
    public byte[] all(int most, String what) throws IOException {
        if (length() > most) throw new WrongAnswerException(tooLong(what, most));
        byte[] content = some(most + 1);
        if (content.length > most) throw new WrongAnswerException(tooLong(what, most));
        return content;
    }

    private static String tooLong(String what, int most) {
        return what + " is longer than the " + most + " bytes that are read";
    }

    private byte[] some(int most) throws IOException {
        var out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        int count = 0;
        while (out.size() < most && count >= 0) {
            count = read(buffer, 0, Math.min(buffer.length, most - out.size()));
            if (count > 0) out.write(buffer, 0, count);
        }
        return out.toByteArray();
    }

    /** The beginning of the body of an error, on one line and without control characters. */
    public String errorText() {
        try {
            String text = new String(some(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
            return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        closed.accept(watch);
        // The client would read the rest of the body first, however long that is.
        if (!ended) request.cancel();
        try {
            response.close();
        } catch (IOException e) {
            // The connection is gone either way.
            request.cancel();
        }
    }
}
