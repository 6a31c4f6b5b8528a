package dev.paddock.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers what it is told, and commands run against it in this JVM. */
final class Stage implements AutoCloseable {
    /** What a command did. */
    record Outcome(int code, String out, String err) {}

    /** What is answered to one path. */
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    /** Method, path and body of each request, in order. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    final Path home;

    Stage(Path home) throws IOException {
        this.home = home;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add((what + " " + body).strip());
        try (exchange) {
            answers.getOrDefault(what, e -> send(e, 404, "{\"error\":\"404 page not found\"}"))
                    .to(exchange);
        }
    }

    /** Answers a request such as {@code GET /api/tags} with that status and body. */
    Stage on(String what, int status, String body) {
        return on(what, exchange -> send(exchange, status, body));
    }

    Stage on(String what, Answer answer) {
        answers.put(what, answer);
        return this;
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
        if (empty) return;
        exchange.getResponseBody().write(bytes);
    }

    /** Answers with these lines, each in a chunk of its own. */
    static Answer lines(String... lines) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (String line : lines) {
                exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        };
    }

    HostAddress address() {
        return HostAddress.parse("127.0.0.1:" + server.getAddress().getPort());
    }

    Outcome run(String... args) {
        return run(address(), "", args);
    }

    Outcome runWith(String input, String... args) {
        return run(address(), input, args);
    }

    Outcome run(HostAddress address, String input, String... args) {
        return run(address, input, Optional.empty(), args);
    }

    Outcome run(HostAddress address, String input, Optional<Path> install, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Site site = new Site(
                address,
                home,
                install,
                new Terminal(false, false, false),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = Main.run(site, args);
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
