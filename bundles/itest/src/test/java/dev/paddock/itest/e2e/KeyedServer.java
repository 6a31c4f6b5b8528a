package dev.paddock.itest.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/** A server that asks this machine for keys too, as it asks others. */
final class KeyedServer implements AutoCloseable {
    /** A key as its maker gets it. */
    record Made(String id, String secret) {}

    private final Server server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger names = new AtomicInteger();

    /** @param install the distribution, or a copy of it */
    KeyedServer(Path install) throws Exception {
        var settings = Map.<String, Object>of("local.keyless", false, "wrong.keys", 10_000);
        server = Server.start(Map.of(), Map.of("dev.paddock.web", settings), install);
    }

    Server server() {
        return server;
    }

    HttpResponse<String> ask(String method, String path, String body, String... headers) throws Exception {
        var request = server.request(path).method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> ask(KeyForm form, String secret) throws Exception {
        return ask("POST", form.path, form.body, form.header, form.prefix + secret);
    }

    HttpResponse<String> owner(String method, String path, String body) throws Exception {
        String password =
                Files.readString(server.home().resolve("console-password")).strip();
        return ask(method, path, body, bearer(password));
    }

    /** @param fields more than the name, as JSON */
    Made make(String fields) throws Exception {
        String name = "\"name\":\"k" + names.incrementAndGet() + "\"";
        var made = owner("POST", "/api/keys", "{" + name + (fields.isEmpty() ? "" : "," + fields) + "}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        JsonNode json = Server.JSON.readTree(made.body());
        return new Made(json.path("id").asString(), json.path("key").asString());
    }

    static String[] bearer(String secret) {
        return new String[] {"Authorization", "Bearer " + secret};
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
