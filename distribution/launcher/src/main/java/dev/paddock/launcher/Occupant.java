package dev.paddock.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who holds an address that this server wanted; found out by asking it {@code GET /api/version}. */
enum Occupant {
    /** A server of ours. */
    PADDOCK("a Paddock server"),
    OLLAMA("an Ollama server"),
    OTHER("another program");

    private static final int PATIENCE_MS = 1_000;
    private static final int MAX_LINES = 100;
    private static final Pattern VERSION = Pattern.compile("\\{\\s*\"version\"\\s*:");
    /** Ours tells its own version beside the one of Ollama that it speaks like. */
    private static final Pattern OWN_VERSION = Pattern.compile("\"paddock\"\\s*:");

    private final String description;

    Occupant(String description) {
        this.description = description;
    }

    String description() {
        return description;
    }

    /**
     * Asks whoever listens at {@code address}; one who does not answer as expected within a second is {@link #OTHER}.
     */
    static Occupant at(InetSocketAddress address) {
        try (var socket = new Socket()) {
            socket.connect(address, PATIENCE_MS);
            socket.setSoTimeout(PATIENCE_MS);
            String request = "GET /api/version HTTP/1.1\r\nHost: localhost:" + address.getPort()
                    + "\r\nAccept: application/json\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return judge(answer);
        } catch (IOException _) {
            return OTHER;
        }
    }

    private static Occupant judge(BufferedReader answer) throws IOException {
        String status = answer.readLine();
        if (status == null || !status.startsWith("HTTP/")) return OTHER;
        boolean body = false;
        for (int i = 0; i < MAX_LINES; i++) {
            String line = answer.readLine();
            if (line == null) return OTHER;
            if (body) {
                if (OWN_VERSION.matcher(line).find()) return PADDOCK;
                if (VERSION.matcher(line).find()) return OLLAMA;
            } else if (namesPaddock(line)) {
                return PADDOCK;
            } else if (line.isEmpty()) {
                body = true;
            }
        }
        return OTHER;
    }

    private static boolean namesPaddock(String header) {
        String lower = header.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-paddock") || lower.startsWith("server: paddock");
    }
}
