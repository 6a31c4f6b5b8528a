package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.security.Identity;
import dev.paddock.api.security.Scope;
import dev.paddock.api.web.Exchange;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A real HTTP server on a free loopback port, with a stand-in for the edge. */
public final class TestServer implements AutoCloseable {
    /** What the stand-in allows as a body, in bytes. */
    public static final long BODY_LIMIT = 100_000;

    private final Server server = new Server();
    private final ServletContextHandler context = new ServletContextHandler("/");
    private final ServerConnector connector = new ServerConnector(server);
    private final List<Runnable> watches = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> headers = new ConcurrentHashMap<>();

    private volatile Duration pingInterval = Duration.ZERO;

    /** Its streams are silent for so long at most; for ever unless said. */
    public TestServer pinging(Duration interval) {
        pingInterval = interval;
        return this;
    }

    /** Serves a servlet under some patterns; more may follow before {@link #start}. */
    public TestServer with(Servlet servlet, String... patterns) {
        ServletHolder holder = new ServletHolder(servlet);
        for (String pattern : patterns) context.addServlet(holder, pattern);
        return this;
    }

    /** Its clients send this header from now on, once; an empty value is sent as it is. */
    public TestServer sending(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Starts listening. */
    public TestServer start() throws Exception {
        Filter edge = (request, response, chain) -> {
            request.setAttribute(Exchange.ATTRIBUTE, new EdgeStandIn(request));
            chain.doFilter(request, response);
        };
        context.addFilter(new FilterHolder(edge), "/*", EnumSet.of(DispatcherType.REQUEST));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
        return this;
    }

    /** Sends a request with a body and waits for the whole answer. */
    public HttpResponse<String> send(String method, String path, String body) throws Exception {
        return send(method, path, HttpRequest.BodyPublishers.ofString(body));
    }

    /** Sends a request and waits for the whole answer. */
    public HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body) throws Exception {
        return client.send(request(path).method(method, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request and hands back the answer as it comes; an answer that breaks off fails when it is read. */
    public HttpResponse<InputStream> open(String method, String path, String body) throws Exception {
        var publisher = HttpRequest.BodyPublishers.ofString(body);
        return client.send(request(path).method(method, publisher).build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** Sends GET and waits for the whole answer. */
    public HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    /** A connection of its own, for what a well-behaved client would not do. */
    public Socket socket() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    }

    /** The edge finds out that the clients of all running answers are gone. */
    public void hangUp() {
        new ArrayList<>(watches).forEach(Runnable::run);
    }

    /** How many answers watch their client. */
    public int watches() {
        return watches.size();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + connector.getLocalPort() + path));
        headers.forEach(request::header);
        return request;
    }

    @Override
    public void close() {
        client.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the test's server does not stop", e);
        }
    }

    private final class EdgeStandIn implements Exchange {
        private final ServletRequest request;

        EdgeStandIn(ServletRequest request) {
            this.request = request;
        }

        @Override
        public String requestId() {
            return "test";
        }

        @Override
        public Identity identity() {
            return Identity.LOCAL;
        }

        @Override
        public void requireKnown() {
            // Everybody is.
        }

        @Override
        public void require(Scope scope) {
            String shown = ((HttpServletRequest) request).getHeader("Authorization");
            if (scope != Scope.ADMIN || "Bearer secret".equals(shown)) return;
            throw new PaddockException(
                    Fault.FORBIDDEN, "this is for the server's owner only, who knows the console-password");
        }

        @Override
        public long bodyLimit() {
            return BODY_LIMIT;
        }

        @Override
        public Duration pingInterval() {
            return pingInterval;
        }

        @Override
        public Watch onDisconnect(Runnable gone) {
            watches.add(gone);
            return () -> watches.remove(gone);
        }

        @Override
        public void cut(String why) {
            ServletContextRequest.getServletContextRequest(request)
                    .getServletChannel()
                    .abort(new IOException(why));
        }
    }
}
