package dev.paddock.cli.server;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.http.Http;
import dev.paddock.cli.http.HttpAnswer;
import dev.paddock.cli.http.HttpRequest;
import dev.paddock.cli.http.Json;
import dev.paddock.cli.http.NotHttpException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * The server's HTTP API. Every failure is a {@link Failure} with one sentence: {@link NoServer} when nobody listens,
 * {@link Refused} when the server answers with an error.
 */
public final class Api {
    private static final String JSON = "application/json";
    private static final int QUICK_MILLIS = 60_000;
    private static final int MAX_BODY = 256 << 20;
    private static final int MAX_ERROR = 64 << 10;

    private final Http http;

    /** The API of the server at that address. */
    public Api(HostAddress address) {
        this(address, Map.of());
    }

    /** The same, with headers that are sent with each request. */
    Api(HostAddress address, Map<String, String> headers) {
        this.http = new Http(address, "paddock/" + Version.own(), headers);
    }

    /** Where the server is. */
    public HostAddress address() {
        return http.address();
    }

    /** The JSON object at that path. */
    public Map<String, Object> get(String path) {
        return whole(HttpRequest.of("GET", path, QUICK_MILLIS));
    }

    /** Sends a JSON object, waits as long as it takes for the answer; no body is an empty map. */
    public Map<String, Object> call(String method, String path, Map<String, ?> body) {
        return whole(json(method, path, body));
    }

    /** The JSON object that answers a request; empty when the answer is. */
    public Map<String, Object> whole(HttpRequest request) {
        try (HttpAnswer answer = open(request)) {
            byte[] bytes = answer.bytes(MAX_BODY);
            return bytes.length == 0 ? Map.of() : Json.object(bytes);
        } catch (IOException e) {
            throw broken(e);
        } catch (JacksonException e) {
            throw notOurs();
        }
    }

    /** Sends a JSON object; the answer is one object a line. The caller closes it. */
    public Lines stream(String path, Map<String, ?> body) {
        return new Lines(this, open(json("POST", path, body)));
    }

    /** Sends a request; the answer is one object a line. The caller closes it. */
    public Lines stream(HttpRequest request) {
        return new Lines(this, open(request));
    }

    /** Sends a JSON object; gives a header of the answer, empty when there is none. */
    public String header(String method, String path, Map<String, ?> body, String name) {
        try (HttpAnswer answer = open(json(method, path, body))) {
            answer.bytes(MAX_ERROR);
            return answer.header(name);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** The file at that path, as it comes. The caller closes it. */
    public Download download(String path) {
        return new Download(this, open(HttpRequest.of("GET", path, 0)));
    }

    /** The status and the text at that path, whatever the status. */
    public Probe probe(String path, int millis) {
        try (HttpAnswer answer = http.send(HttpRequest.of("GET", path, millis))) {
            return new Probe(answer.status(), new String(answer.bytes(MAX_ERROR), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** An answer to {@link #probe}. */
    public record Probe(int status, String text) {}

    /** The bare status of a request, whatever it is. */
    public int status(HttpRequest request) {
        try (HttpAnswer answer = http.send(request)) {
            return answer.status();
        } catch (IOException e) {
            throw broken(e);
        }
    }

    /** Sends a request whose answer matters only when it is an error. */
    public void send(HttpRequest request) {
        try (HttpAnswer answer = open(request)) {
            answer.bytes(MAX_ERROR);
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static HttpRequest json(String method, String path, Map<String, ?> body) {
        return new HttpRequest(method, path, JSON, HttpRequest.Body.of(Json.bytes(body)), 0);
    }

    private HttpAnswer open(HttpRequest request) {
        try {
            HttpAnswer answer = http.send(request);
            if (answer.status() / 100 == 2) return answer;
            try (answer) {
                throw refused(answer.status(), answer.bytes(MAX_ERROR));
            }
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private Failure refused(int status, byte[] body) {
        String message;
        try {
            message = errorText(Json.object(body));
        } catch (JacksonException e) {
            message = "";
        }
        if (message.isEmpty()) return notOurs();
        return new Refused(status, message);
    }

    /** The text of an error object; empty when it is none. */
    static String errorText(Map<String, Object> object) {
        if (!object.containsKey("error")) return "";
        String inner = Json.text(Json.map(object, "error"), "message");
        return inner.isEmpty() ? Json.text(object, "error") : inner;
    }

    private Failure notOurs() {
        return new Failure("what answers on " + address().authority() + " is "
                + Peer.at(http).description()
                + "; start Paddock on another port, for example with PADDOCK_HOST=127.0.0.1:11500");
    }

    Failure broken(IOException e) {
        return switch (e) {
            case ConnectException refused -> new NoServer(address(), "connection refused");
            case UnknownHostException unknown -> new NoServer(address(), "the host name is not known");
            case SocketTimeoutException late -> new NoServer(address(), "it said nothing for too long");
            case NotHttpException strange ->
                new Failure("what answers on " + address().authority() + " is not a Paddock: " + strange.getMessage()
                        + "; choose another port with PADDOCK_HOST");
            default ->
                new Failure("the connection to " + address().authority() + " broke: " + e.getMessage()
                        + "; the server's log may say why");
        };
    }

    /** Who answers there. */
    public Peer peer() {
        return Peer.at(http);
    }
}
