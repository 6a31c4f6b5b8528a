package dev.paddock.cli.server;

import dev.paddock.cli.http.Http;
import dev.paddock.cli.http.HttpAnswer;
import dev.paddock.cli.http.HttpRequest;
import dev.paddock.cli.http.Json;
import java.io.IOException;
import java.util.Map;
import tools.jackson.core.JacksonException;

/**
 * Who holds a port.
 *
 * @param kind what it is
 * @param version as it says; empty when it does not
 */
public record Peer(Kind kind, String version) {
    /** What may answer where a Paddock is expected. */
    public enum Kind {
        PADDOCK,
        OLLAMA,
        OTHER
    }

    private static final int MILLIS = 3_000;
    private static final int MAX_BODY = 64 << 10;

    /** Asks for its version. A Paddock names its own beside the version of Ollama that it is compatible with. */
    static Peer at(Http http) {
        try (HttpAnswer answer = http.send(HttpRequest.of("GET", "/api/version", MILLIS))) {
            if (answer.status() != 200) return new Peer(Kind.OTHER, "");
            byte[] body = answer.bytes(MAX_BODY);
            Map<String, Object> said = Json.object(body);
            String own = Json.text(said, "paddock");
            if (!own.isEmpty()) return new Peer(Kind.PADDOCK, own);
            String version = Json.text(said, "version");
            return new Peer(version.isEmpty() ? Kind.OTHER : Kind.OLLAMA, version);
        } catch (IOException | JacksonException e) {
            return new Peer(Kind.OTHER, "");
        }
    }

    /** With an article, to be put in a sentence. */
    public String description() {
        return switch (kind) {
            case PADDOCK -> "a Paddock " + version + " that does not understand this command";
            case OLLAMA -> "an Ollama " + version + ", not a Paddock";
            case OTHER -> "neither a Paddock nor an Ollama";
        };
    }

    /** Said beside another failure when it is no Paddock that answered; else empty. */
    public String kindNote() {
        return kind == Kind.OLLAMA
                ? " (by an Ollama " + version + ", which holds this port; PADDOCK_HOST chooses another for Paddock)"
                : "";
    }
}
