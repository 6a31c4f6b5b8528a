package dev.paddock.itest.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request as no library writes it: with any Host and Origin, on a connection that is closed when one likes.
 *
 * @param headers as they go over the wire; {@code Host} is the server's address unless it is among them
 */
record RawRequest(String method, String path, Map<String, String> headers, String body) {
    /** What came back. */
    record Answer(int status, Map<String, String> headers, String body) {
        private static Answer parse(String text) {
            int end = text.indexOf("\r\n\r\n");
            List<String> lines = new ArrayList<>(text.substring(0, end).lines().toList());
            int status = Integer.parseInt(lines.removeFirst().split(" ")[1]);
            Map<String, String> headers = new LinkedHashMap<>();
            for (String line : lines) {
                String[] parts = line.split(": ?", 2);
                headers.merge(parts[0].toLowerCase(java.util.Locale.ROOT), parts[1], (a, b) -> a + ", " + b);
            }
            return new Answer(status, headers, text.substring(end + 4));
        }
    }

    /** A POST without headers of its own. */
    static RawRequest post(String path, String body) {
        return new RawRequest("POST", path, Map.of(), body);
    }

    /** Sends it; who closes the connection is gone. */
    Socket send(Server server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        write(socket, server);
        return socket;
    }

    /** Sends it on a connection that is there already. */
    void write(Socket socket, Server server) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", "127.0.0.1:" + server.port());
        all.putAll(headers);
        all.put("Content-Length", Integer.toString(content.length));
        var head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        OutputStream out = socket.getOutputStream();
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.write(content);
        out.flush();
    }

    /** Sends it and waits for the whole answer. */
    Answer answer(Server server) throws IOException {
        Map<String, String> once = new LinkedHashMap<>(headers);
        once.put("Connection", "close");
        try (Socket socket = new RawRequest(method, path, once, body).send(server)) {
            return Answer.parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
