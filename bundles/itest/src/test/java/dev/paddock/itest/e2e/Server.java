package dev.paddock.itest.e2e;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The assembled distribution, started as a user starts it, with a home of its own and a free port on loopback. */
public final class Server implements AutoCloseable {
    /** Reads and writes what tests send and get. */
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path home;
    private final int port;
    private final Process process;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Server(Path home, int port, Process process) {
        this.home = home;
        this.port = port;
        this.process = process;
    }

    /** Starts a server with an empty home and waits until it is ready. */
    public static Server start(Map<String, String> environment) throws IOException, InterruptedException {
        return start(environment, Map.of(), Layout.install());
    }

    /**
     * Starts a server whose home holds nothing but settings, and waits until it is ready.
     *
     * @param configs what stands in the user's files, by PID
     * @param install the distribution, or a copy of it that the test may change
     */
    static Server start(Map<String, String> environment, Map<String, Map<String, Object>> configs, Path install)
            throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("paddock-e2e-");
        for (var config : configs.entrySet()) {
            Path file = home.resolve("configs").resolve(config.getKey() + ".json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, JSON.writeValueAsString(config.getValue()));
        }
        int port = freePort();
        Server server = new Server(home, port, launch(home, port, environment, install));
        try {
            server.awaitReady();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The process alone, for starts that are meant to fail. Its output goes to {@code home/out}. */
    static Process launch(Path home, int port, Map<String, String> environment) throws IOException {
        return launch(home, port, environment, Layout.install());
    }

    private static Process launch(Path home, int port, Map<String, String> environment, Path install)
            throws IOException {
        var builder = command(home, port, environment, "serve");
        builder.command().set(0, install.resolve("bin/paddock").toString());
        builder.redirectErrorStream(true).redirectOutput(home.resolve("out").toFile());
        return builder.start();
    }

    /** The command {@code paddock} of the distribution, told which server and home to use. */
    static ProcessBuilder command(Path home, int port, Map<String, String> environment, String... arguments) {
        var builder = new ProcessBuilder();
        builder.command().add(Layout.install().resolve("bin/paddock").toString());
        builder.command().addAll(java.util.List.of(arguments));
        builder.environment().keySet().removeIf(k -> k.startsWith("PADDOCK_") || k.startsWith("OLLAMA_"));
        builder.environment().put("PADDOCK_HOME", home.toString());
        builder.environment().put("PADDOCK_HOST", "127.0.0.1:" + port);
        // Each of these servers lives for seconds: no use in training caches for the next start.
        builder.environment().put("PADDOCK_AOT", "off");
        builder.environment().putAll(environment);
        return builder;
    }

    /** Kills it, and starts another one on its home and port; this one must not be used any more. */
    Server killedAndStarted() throws IOException, InterruptedException {
        var children = process.descendants().toList();
        process.destroyForcibly().waitFor();
        children.forEach(ProcessHandle::destroyForcibly);
        client.shutdownNow();
        Server next = new Server(home, port, launch(home, port, Map.of()));
        next.awaitReady();
        return next;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        Await.until(PATIENCE, "the server is ready; it printed:\n" + output(), () -> {
            if (!process.isAlive()) throw new IllegalStateException("the server ended:\n" + output());
            return status("/readyz") == 200;
        });
    }

    /** The status of a GET, or 0 when nobody answers. */
    int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException nobodyAnswers) {
            return 0;
        }
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    /** POSTs JSON and reads the whole answer, whatever its status. */
    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(posting(path, body), BodyHandlers.ofString());
    }

    /** POSTs and hands back the answer to the byte. */
    HttpResponse<byte[]> bytes(String path, String body) throws IOException, InterruptedException {
        return client.send(posting(path, body), BodyHandlers.ofByteArray());
    }

    /** POSTs and hands back the answer as it streams; closing the stream of lines closes the connection. */
    HttpResponse<java.util.stream.Stream<String>> stream(String path, String body)
            throws IOException, InterruptedException {
        return client.send(posting(path, body), BodyHandlers.ofLines());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).timeout(PATIENCE.multipliedBy(5));
    }

    private HttpRequest posting(String path, String body) {
        return request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    }

    /** POSTs JSON, expects 200 and reads the JSON answer. */
    JsonNode ask(String path, Object body) throws IOException, InterruptedException {
        var response = post(path, JSON.writeValueAsString(body));
        if (response.statusCode() != 200)
            throw new IOException(path + " answered " + response.statusCode() + ": " + response.body());
        return JSON.readTree(response.body());
    }

    /** Removes a model, if it is there. */
    void delete(String model) throws IOException, InterruptedException {
        var body = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("model", model)));
        client.send(request("/api/delete").method("DELETE", body).build(), BodyHandlers.discarding());
    }

    /** POSTs a file as it is; gives the status. */
    int upload(String path, Path file) throws IOException, InterruptedException {
        var posting =
                request(path).POST(HttpRequest.BodyPublishers.ofFile(file)).build();
        return client.send(posting, BodyHandlers.discarding()).statusCode();
    }

    /** A loaded model as {@code /api/ps} tells it, or a missing node. */
    JsonNode loaded(String model) {
        try {
            for (JsonNode loaded : JSON.readTree(get("/api/ps").body()).path("models"))
                if (loaded.path("name").asString().startsWith(model + ":")) return loaded;
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a Gogo command through the server's own socket and gives what it printed. */
    String gogo(String command) throws IOException {
        return Gogo.run(home.resolve("gogo.sock"), command);
    }

    /** Scheme, host and port, without a slash at the end. */
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    Path home() {
        return home;
    }

    Process process() {
        return process;
    }

    String output() {
        try {
            Path out = home.resolve("out");
            return Files.exists(out) ? Files.readString(out) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        var children = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        delete(home);
    }

    static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + directory + " (" + e + ")");
        }
    }
}
