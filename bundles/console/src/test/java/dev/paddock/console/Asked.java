package dev.paddock.console;

import dev.paddock.api.web.Exchange;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A request as a test words it, and what is answered. */
final class Asked {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new HashMap<>(Map.of("Host", "127.0.0.1:11434"));
    private String address = "127.0.0.1";
    private boolean passedTheEdge = true;

    final Map<String, String> answered = new HashMap<>();
    int status;

    private Asked(String method, String path) {
        this.method = method;
        this.path = path;
    }

    static Asked of(String method, String path) {
        return new Asked(method, path);
    }

    Asked with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    Asked as(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
    }

    Asked from(String remote) {
        address = remote;
        return this;
    }

    Asked pastTheEdge() {
        passedTheEdge = false;
        return this;
    }

    HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (_, called, arguments) -> switch (called.getName()) {
            case "getMethod" -> method;
            case "getRequestURI" -> path;
            case "getContextPath" -> "";
            case "getRemoteAddr" -> address;
            case "getHeader" -> headers.get((String) arguments[0]);
            case "getAttribute" -> passedTheEdge && Exchange.ATTRIBUTE.equals(arguments[0]) ? "an exchange" : null;
            default -> throw new UnsupportedOperationException(called.getName());
        });
    }

    HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (_, called, arguments) -> switch (called.getName()) {
            case "setStatus" -> status = (int) arguments[0];
            case "setHeader" -> answered.put((String) arguments[0], (String) arguments[1]);
            case "sendRedirect" -> answered.put("Location", (String) arguments[0]);
            case "setContentType" -> null;
            case "getOutputStream" -> new Nowhere();
            default -> throw new UnsupportedOperationException(called.getName());
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Asked.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static final class Nowhere extends ServletOutputStream {
        @Override
        public void write(int b) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
