package dev.paddock.cli;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.NoServer;
import dev.paddock.cli.server.Peer;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Version;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says the versions of command line and server. */
@Command(name = "version", description = "Say the versions of command line and server.")
final class VersionCommand implements Callable<Integer> {
    private static final int MILLIS = 3_000;

    private final Site site;

    @Option(names = "--json", description = "As one JSON object.")
    private boolean json;

    VersionCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        return call(json);
    }

    int call(boolean asJson) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("client", Version.own());
        said.put("address", site.address().authority());
        said.putAll(server());
        if (asJson) {
            site.json(said);
            return 0;
        }
        site.out().println("client: paddock " + Version.own());
        site.out().println("server: " + words(said));
        return 0;
    }

    /** What answers; nothing when nobody does. */
    private Map<String, String> server() {
        try {
            Api api = site.api();
            api.probe("/", MILLIS);
            Peer peer = api.peer();
            return Map.of("kind", peer.kind().name().toLowerCase(Locale.ROOT), "server", peer.version());
        } catch (NoServer e) {
            return Map.of();
        }
    }

    private static String words(Map<String, Object> said) {
        String version = Json.text(said, "server");
        String address = Json.text(said, "address");
        return switch (Json.text(said, "kind")) {
            case "paddock" -> "paddock " + version + " on " + address;
            case "ollama" -> "not a Paddock but an Ollama, " + version + " on " + address;
            case "" -> "none answers on " + address;
            default -> "neither a Paddock nor an Ollama on " + address;
        };
    }
}
