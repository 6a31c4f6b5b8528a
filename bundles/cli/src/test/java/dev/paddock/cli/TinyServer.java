package dev.paddock.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A process that is ready at once, answers one chat and ends; at the latest after half a minute. */
public final class TinyServer {
    private TinyServer() {}

    public static void main(String[] args) throws IOException {
        var server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        server.createContext("/", exchange -> {
            boolean chat = exchange.getRequestURI().getPath().equals("/api/chat");
            String text = chat ? "{\"message\":{\"content\":\"Hello.\"},\"done\":true}\n" : "ok";
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
            exchange.close();
            if (chat) System.exit(0);
        });
        server.start();
        Executors.newSingleThreadScheduledExecutor().schedule(() -> System.exit(1), 30, TimeUnit.SECONDS);
    }
}
