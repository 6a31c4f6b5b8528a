package dev.paddock.cli.http;

import dev.paddock.api.settings.HostAddress;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;

/**
 * One server. A connection for each request: {@code java.net.http} would cost more time in class loading, at each start
 * of the command, than all our requests together.
 */
public final class Http {
    private static final int CONNECT_MILLIS = 5_000;

    private final HostAddress address;
    private final String agent;
    private final Map<String, String> headers;

    /**
     * @param address where the server is
     * @param agent what we call ourselves, {@code paddock/0.1.0}
     */
    public Http(HostAddress address, String agent) {
        this(address, agent, Map.of());
    }

    /**
     * @param headers sent with each request; names and values without control characters
     */
    public Http(HostAddress address, String agent, Map<String, String> headers) {
        this.address = address.forClient();
        this.agent = agent;
        this.headers = Map.copyOf(headers);
    }

    /** Where the server is. */
    public HostAddress address() {
        return address;
    }

    /**
     * Sends a request and reads the head of the answer, whatever its status.
     *
     * @throws java.net.ConnectException when nobody listens there
     * @throws NotHttpException when what answers does not speak HTTP
     */
    public HttpAnswer send(HttpRequest request) throws IOException {
        Socket socket = connect();
        try {
            socket.setSoTimeout(request.silence());
            IOException refused = write(request, socket);
            try {
                return HttpAnswer.read(socket, request.method().equals("HEAD"));
            } catch (IOException e) {
                throw refused == null ? e : refused;
            }
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address.host(), address.port()), CONNECT_MILLIS);
            if (!address.scheme().equals("https")) return socket;
            var tls = (SSLSocketFactory) SSLSocketFactory.getDefault();
            return tls.createSocket(socket, address.host(), address.port(), true);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * A server may answer and close before it has read all: the answer then says more than the broken pipe, given back.
     */
    private IOException write(HttpRequest request, Socket socket) throws IOException {
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        StringBuilder head = new StringBuilder(256);
        head.append(request.method()).append(' ').append(address.path()).append(request.path());
        head.append(" HTTP/1.1\r\nHost: ").append(address.authority());
        head.append("\r\nUser-Agent: ").append(agent).append("\r\nAccept: */*\r\nConnection: close\r\n");
        if (!request.contentType().isEmpty())
            head.append("Content-Type: ").append(request.contentType()).append("\r\n");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        long length = request.body().length();
        if (length > 0 || request.method().equals("POST"))
            head.append("Content-Length: ").append(length).append("\r\n");
        head.append("\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        try {
            request.body().writeTo(out);
            out.flush();
            return null;
        } catch (java.net.SocketException e) {
            return e;
        }
    }
}
