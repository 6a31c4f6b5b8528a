package dev.paddock.cli.key;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.NoServer;
import dev.paddock.cli.server.ServerStart;
import dev.paddock.cli.server.ServerStop;
import dev.paddock.cli.server.Site;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/**
 * The server that has the keys. Where none runs yet one is started for the moment, for this machine alone: a server that
 * is to listen farther does not start before there is a key.
 */
record KeyServer(Site site) {
    static final String PATH = "/api/keys";

    static String path(String key) {
        return PATH + "/" + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As the server says it. */
    static String json(Map<String, Object> answer) {
        return new String(Json.bytes(answer), StandardCharsets.UTF_8);
    }

    <T> T ask(Function<Api, T> what) {
        try {
            return what.apply(site.ownersApi());
        } catch (NoServer nobody) {
            if (site.install().isEmpty() || !here()) throw nobody;
            return askForTheMoment(what, nobody);
        }
    }

    private <T> T askForTheMoment(Function<Api, T> what, NoServer nobody) {
        Site moment = site.beside(new HostAddress("http", HostAddress.DEFAULT_HOST, freePort(), ""));
        new ServerStart(moment).start(nobody);
        try {
            return what.apply(moment.ownersApi());
        } finally {
            new ServerStop(moment).stop();
        }
    }

    private boolean here() {
        try {
            return InetAddress.getByName(site.address().forClient().host()).isLoopbackAddress();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Failure("there is no free port on this machine: " + e.getMessage());
        }
    }
}
