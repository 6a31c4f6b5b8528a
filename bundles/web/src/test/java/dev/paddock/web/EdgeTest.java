package dev.paddock.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.web.Exchange;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EdgeTest {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final Edge edge = new Edge(Path.of("nowhere"), settings());
    private final Slow slow = new Slow();

    @BeforeEach
    void start() throws Exception {
        ServletContextHandler context = new ServletContextHandler("/");
        context.addFilter(new FilterHolder(edge), "/*", EnumSet.of(DispatcherType.REQUEST));
        context.addServlet(new ServletHolder(slow), "/slow");
        context.addServlet(new ServletHolder(new Broken()), "/broken");
        context.addServlet(new ServletHolder(new UnknownPath()), "/*");
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        slow.release.countDown();
        server.stop();
        edge.stop();
    }

    @Test
    void everyAnswerHasAnIdOfItsOwn() throws Exception {
        try (Socket socket = connect()) {
            String first = ask(socket, "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String second = ask(socket, "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(first)
                    .startsWith("HTTP/1.1 404")
                    .contains("X-Request-Id: ")
                    .endsWith("404 page not found");
            assertThat(first).isNotEqualTo(second);
        }
    }

    @Test
    void theConsoleIsNotServedThroughAProxyHoweverItsPathIsWritten() throws Exception {
        for (String path :
                List.of("/system", "/system/console", "/SYSTEM/console", "/%73ystem/console", "/system;a=b/x")) {
            try (Socket socket = connect()) {
                String get = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n";
                assertThat(ask(socket, get + "\r\n")).as(path).startsWith("HTTP/1.1 404");
                assertThat(ask(socket, get + "X-Forwarded-For: 127.0.0.1\r\n\r\n"))
                        .as(path)
                        .startsWith("HTTP/1.1 403")
                        .contains("console.remote");
            }
        }
    }

    @Test
    void aBodyThatNobodyReadsIsInNobodysWay() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "POST /a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n");
            assertThat(ask(socket, "hello")).startsWith("HTTP/1.1 404");
            assertThat(ask(socket, "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void foreignHostsAndOriginsAreTurnedAway() throws Exception {
        try (Socket socket = connect()) {
            assertThat(ask(socket, "GET /a HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
            assertThat(ask(socket, "GET /a HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("Access-Control");
            assertThat(ask(socket, "GET /a HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .contains("Access-Control-Allow-Origin: http://localhost:3000")
                    .contains("Access-Control-Expose-Headers: X-Request-Id, Request-Id, Retry-After");
            assertThat(ask(socket, "GET /a HTTP/1.1\r\nHost: foo.local\r\nOrigin: http://foo.local\r\n\r\n"))
                    .startsWith("HTTP/1.1 404")
                    .doesNotContain("Access-Control");
        }
    }

    @Test
    void aPreflightIsAnsweredForEveryPath() throws Exception {
        try (Socket socket = connect()) {
            String answer =
                    ask(socket, "OPTIONS /v1/any HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3000\r\n\r\n");
            assertThat(answer)
                    .startsWith("HTTP/1.1 204")
                    .contains("X-Api-Key", "Anthropic-Version", "X-Goog-Api-Key", "Access-Control-Max-Age: 43200");
        }
    }

    @Test
    void anAnswerThatIsBrokenOffDoesNotLookWhole() throws Exception {
        try (Socket socket = connect()) {
            send(socket, "GET /broken HTTP/1.1\r\nHost: localhost\r\n\r\n");
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(all)
                    .startsWith("HTTP/1.1 200")
                    .contains("chunked", "half")
                    .doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void aClientThatLeavesIsNoticedWhileItsAnswerIsComputed() throws Exception {
        Socket socket = connect();
        send(socket, "POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
        slow.entered.take();
        socket.close();
        assertThat(slow.gone.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatResetsTheConnectionIsNoticedToo() throws Exception {
        Socket socket = connect();
        send(
                socket,
                "POST /slow HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
        slow.entered.take();
        socket.setSoLinger(true, 0);
        socket.close();
        assertThat(slow.gone.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aClientThatWaitsIsLeftAloneLongerThanTheIdleTimeout() throws Exception {
        try (Socket warm = connect()) {
            ask(warm, "GET /a HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        connector.setIdleTimeout(700);
        try (Socket socket = connect()) {
            send(socket, "POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
            slow.entered.take();
            assertThat(slow.gone.await(2, TimeUnit.SECONDS)).isFalse();
            slow.release.countDown();
            assertThat(read(socket)).startsWith("HTTP/1.1 200").endsWith("done");
        }
    }

    @Test
    void aRequestSentEarlyIsAnsweredAfterTheFirst() throws Exception {
        String early = "POST /slow?" + "x".repeat(1000) + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
        try (Socket socket = connect()) {
            for (int round = 0; round < 20; round++) {
                send(socket, "POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
                slow.entered.take();
                send(socket, early);
                assertThat(slow.gone.await(30, TimeUnit.MILLISECONDS)).isFalse();
                slow.release.countDown();
                assertThat(read(socket)).startsWith("HTTP/1.1 200").endsWith("done");
                assertThat(read(socket)).startsWith("HTTP/1.1 200").endsWith("done");
                slow.again();
            }
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
    }

    private static String ask(Socket socket, String request) throws IOException {
        send(socket, request);
        return read(socket);
    }

    private static void send(Socket socket, String request) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** One answer, byte by byte so that nothing of the next is taken. */
    private static String read(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = socket.getInputStream().read();
            if (b < 0) throw new IOException("ended after: " + head);
            head.append((char) b);
        }
        int length = head.toString()
                .lines()
                .filter(l -> l.regionMatches(true, 0, "Content-Length: ", 0, 16))
                .mapToInt(l -> Integer.parseInt(l.substring(16).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Answers when it is let go, and says when its client left. */
    private static final class Slow extends HttpServlet {
        private static final long serialVersionUID = 1L;
        final transient BlockingQueue<String> entered = new LinkedBlockingQueue<>();
        final transient CountDownLatch gone = new CountDownLatch(1);
        transient volatile CountDownLatch release = new CountDownLatch(1);

        void again() {
            entered.clear();
            release = new CountDownLatch(1);
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            Exchange exchange = (Exchange) request.getAttribute(Exchange.ATTRIBUTE);
            try (var _ = exchange.onDisconnect(gone::countDown)) {
                CountDownLatch mine = release;
                entered.add(exchange.requestId());
                mine.await();
                response.setContentLength(4);
                response.getOutputStream().print("done");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    /** Cannot go on after half of its answer. */
    private static final class Broken extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.getOutputStream().print("half");
            response.flushBuffer();
            ((Exchange) request.getAttribute(Exchange.ATTRIBUTE)).cut("the rest is damaged");
        }
    }

    /** The defaults, but for what a test cannot wait for. */
    static Edge.Config settings() {
        Map<String, Object> own =
                Map.of("body_limit", 1000L, "disconnect_interval", "10ms", "ping_interval", "1s", "wrong_keys", 3);
        return (Edge.Config) Proxy.newProxyInstance(
                EdgeTest.class.getClassLoader(),
                new Class<?>[] {Edge.Config.class},
                (_, method, _) -> own.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
