package dev.paddock.transfer.net;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.io.CloseMode;

/** Sends requests one at a time a thread: no redirects, no cookies, no tries of its own. Safe for many threads. */
public final class Wire implements AutoCloseable {
    private static final Duration COMMIT_PATIENCE = Duration.ofMinutes(15);

    private final CloseableHttpClient client;
    private final WireSettings settings;
    private final ScheduledExecutorService clock;
    private final Map<Thread, HttpUriRequestBase> waiting = new ConcurrentHashMap<>();

    /** @param clock runs the looks at exchanges; stays open */
    public Wire(WireSettings settings, ScheduledExecutorService clock) {
        this.client = Clients.make(settings);
        this.settings = settings;
        this.clock = clock;
    }

    /** Sends a request and returns when the headers of the answer are there. */
    public Reply open(Call call, Optional<String> authorization) throws IOException {
        Origin origin = Origin.of(call.address());
        requireReachable(origin);
        var request = new HttpUriRequestBase(call.method(), call.address());
        var watch = new Watch(
                clock, call.manner() == Call.Manner.PATIENT ? COMMIT_PATIENCE : settings.stall(), request::cancel);
        if (call.manner() == Call.Manner.CAREFUL) request.setConfig(Clients.CAREFUL);
        call.headers().forEach(request::setHeader);
        authorization.ifPresent(value -> request.setHeader("Authorization", value));
        call.body().ifPresent(body -> request.setEntity(new Watched(body, watch)));
        begin(request);
        try {
            var target = new HttpHost(origin.scheme(), origin.host(), origin.port());
            return new Reply(call.address(), request, client.executeOpen(target, request, null), watch, this::end);
        } catch (IOException e) {
            end(watch);
            throw explained(e, watch, call.address());
        } catch (RuntimeException e) {
            end(watch);
            throw e;
        }
    }

    private void begin(HttpUriRequestBase request) {
        waiting.put(Thread.currentThread(), request);
        // Who is stopped right now will not be stopped again.
        if (Thread.currentThread().isInterrupted()) request.cancel();
    }

    private void end(Watch watch) {
        watch.close();
        waiting.remove(Thread.currentThread());
    }

    /** Ends the exchange of a thread. */
    void abort(Thread thread) {
        HttpUriRequestBase request = waiting.get(thread);
        if (request != null) request.cancel();
    }

    /** Through a proxy it is the proxy that looks names up; what can be seen in the address itself is refused here. */
    private void requireReachable(Origin origin) throws RefusedException {
        boolean local = origin.host().equals("localhost") || origin.host().endsWith(".localhost");
        boolean refused = Proxies.literal(origin.host())
                .map(address -> !settings.rule().allows(address))
                .orElse(local && settings.proxies().toward(origin).isPresent());
        boolean proxyItself = settings.proxies().origins().stream()
                .anyMatch(p -> p.host().equalsIgnoreCase(origin.host()) && p.port() == origin.port());
        if (refused || proxyItself) throw new RefusedException(GuardedResolver.refusal(origin.host()));
    }

    /** A failure in words that say where, without the client's own. */
    static IOException explained(IOException e, Watch watch, URI address) {
        String host = address.getHost();
        if (watch.cutOff()) {
            return new StalledException(
                    "\"" + host + "\" sent next to nothing for "
                            + watch.patience().toSeconds() + " s",
                    e);
        }
        return switch (e) {
            case GuardedResolver.Refused refused -> new RefusedException(refused.getMessage());
            case UnknownHostException _ -> new IOException("there is no host \"" + host + "\"", e);
            case ConnectException _ -> new IOException("\"" + host + "\" cannot be reached: connection refused", e);
            case SSLException _ -> new IOException("no secure connection to \"" + host + "\": " + e.getMessage(), e);
            case RefusedException _, WrongAnswerException _ -> e;
            default -> new IOException("the connection to \"" + host + "\" failed: " + reason(e), e);
        };
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** A body whose way out is looked at. */
    private static final class Watched extends AbstractHttpEntity {
        private final Body body;
        private final Watch watch;

        Watched(Body body, Watch watch) {
            super((String) null, null);
            this.body = body;
            this.watch = watch;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isStreaming() {
            return false;
        }

        @Override
        public long getContentLength() {
            return body.length();
        }

        @Override
        public java.io.InputStream getContent() {
            throw new UnsupportedOperationException("it is written, not read");
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            body.write(new Counted(out, watch), watch::excuse);
            out.flush();
        }

        @Override
        public void close() {}
    }

    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private final Watch watch;

        Counted(OutputStream out, Watch watch) {
            this.out = out;
            this.watch = watch;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            watch.moved(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            watch.moved(count);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
