package dev.paddock.transfer;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.Manifest;
import dev.paddock.api.store.MediaType;
import dev.paddock.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.DnsResolver;

/**
 * A registry that does what a test tells it, under several host names: {@code registry.test} and {@code cdn.test} are this
 * machine, {@code metadata.test} is where clouds keep secrets.
 */
final class FakeRegistry implements AutoCloseable, DnsResolver {
    /** Answers one request. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    /** A request as it came. */
    record Seen(String method, String host, String path, Headers headers, byte[] body) {
        String header(String name) {
            String value = headers.getFirst(name);
            return value == null ? "" : value;
        }

        String line() {
            return method + " " + path;
        }
    }

    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    final Map<String, InetAddress[]> names = new ConcurrentHashMap<>();
    volatile boolean ranges = true;
    private final Map<String, Answer> scripted = new ConcurrentHashMap<>();
    private final HttpServer server;

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        names.put("registry.test", new InetAddress[] {loopback});
        names.put("cdn.test", new InetAddress[] {loopback});
        names.put("metadata.test", new InetAddress[] {
            InetAddress.getByAddress(new byte[] {(byte) 169, (byte) 254, (byte) 169, (byte) 254})
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    String host() {
        return "registry.test:" + port();
    }

    String at(String host, String path) {
        return "http://" + host + ":" + port() + path;
    }

    /** The name of the model that this registry has. */
    String name() {
        return host() + "/library/m:latest";
    }

    static String blobPath(Digest digest) {
        return "/v2/library/m/blobs/" + digest;
    }

    /** @param on method and path without a query; or a path alone for all methods */
    FakeRegistry script(String on, Answer answer) {
        scripted.put(on, answer);
        return this;
    }

    Layer blob(byte[] content, String mediaType) {
        Digest digest = Digest.of(content);
        blobs.put(digest.toString(), content);
        return new Layer(mediaType, digest, content.length);
    }

    /** A model of a small GGUF file, and other content beside it. */
    Manifest model(Layer... more) {
        Layer weights = blob(TestHouse.gguf("fake"), MediaType.MODEL);
        Layer config = blob("{\"model_format\":\"gguf\"}".getBytes(StandardCharsets.UTF_8), MediaType.CONFIG);
        List<Layer> layers = new ArrayList<>(List.of(weights));
        layers.addAll(List.of(more));
        manifest("latest", Json.bytes(json(config, layers)));
        return new Manifest(java.util.Optional.of(config), layers);
    }

    void manifest(String reference, byte[] content) {
        manifests.put(reference, content);
    }

    static Map<String, Object> json(Layer config, List<Layer> layers) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("schemaVersion", 2);
        json.put("mediaType", MediaType.MANIFEST);
        json.put("config", json(config));
        json.put("layers", layers.stream().map(FakeRegistry::json).toList());
        return json;
    }

    static Map<String, Object> json(Layer layer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("mediaType", layer.mediaType());
        json.put("digest", layer.digest().toString());
        json.put("size", layer.size());
        return json;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Answer special = scripted.getOrDefault(exchange.getRequestMethod() + " " + path, scripted.get(path));
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestHeaders().getFirst("Host"),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    body));
            if (special != null) special.to(exchange);
            else serve(exchange);
        }
    }

    /** As a plain registry would. */
    void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        byte[] content = path.contains("/manifests/") ? manifests.get(last) : blobs.get(last);
        if (content == null) {
            answer(exchange, 404, "{\"errors\":[{\"code\":\"UNKNOWN\"}]}");
            return;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null || !ranges) {
            send(exchange, 200, content);
            return;
        }
        String[] ends = range.replace("bytes=", "").split("-");
        int from = Integer.parseInt(ends[0]);
        int to = Integer.parseInt(ends[1]) + 1;
        exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
        send(exchange, 206, Arrays.copyOfRange(content, from, to));
    }

    static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) exchange.getResponseBody().write(content);
    }

    static void answer(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, text.getBytes(StandardCharsets.UTF_8));
    }

    static Answer redirect(int status, String to) {
        return exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            send(exchange, status, new byte[0]);
        };
    }

    List<String> lines() {
        return seen.stream().map(Seen::line).toList();
    }

    List<Seen> seen(String method, String path) {
        return seen.stream()
                .filter(s -> s.method().equals(method) && s.path().startsWith(path))
                .toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = names.get(host);
        if (found != null) return found;
        return InetAddress.getAllByName(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
