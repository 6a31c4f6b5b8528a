package dev.paddock.dialect.kit;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Finds who answers a path and a method; a pattern that ends in {@code /*} stands for all paths below it; the longest counts. */
public final class Router {
    /** Answers one kind of request. */
    @FunctionalInterface
    public interface Handler {
        /** Answers one request. */
        void answer(Call call) throws IOException;
    }

    private final Map<String, Map<String, Handler>> exact = new HashMap<>();
    private final Map<String, Map<String, Handler>> below = new HashMap<>();

    /** Adds a route. */
    public Router on(String method, String pattern, Handler handler) {
        boolean prefix = pattern.endsWith("/*");
        String path = prefix ? pattern.substring(0, pattern.length() - 1) : pattern;
        (prefix ? below : exact).computeIfAbsent(path, _ -> new TreeMap<>()).put(method, handler);
        return this;
    }

    /** Answers by the route of the request's path: 405 for another method, {@code unknown} when there is no route. */
    public void answer(Call call, Handler unknown) throws IOException {
        answer(call, unknown, refused -> refused.text(405, "405 method not allowed"));
    }

    /**
     * The same for an API that has a form of its own for a wrong method.
     *
     * @param refused says so; the header {@code Allow} is set
     */
    public void answer(Call call, Handler unknown, Handler refused) throws IOException {
        Map.Entry<String, Map<String, Handler>> route = route(call.path());
        if (route == null) {
            unknown.answer(call);
            return;
        }
        call.route(route.getKey());
        Map<String, Handler> methods = route.getValue();
        Handler handler = methods.get(call.method());
        if (handler != null) handler.answer(call);
        else {
            call.header("Allow", String.join(", ", methods.keySet()));
            refused.answer(call);
        }
    }

    /** The pattern of a path, and who answers it by method; null = there is none. */
    private Map.Entry<String, Map<String, Handler>> route(String path) {
        Map<String, Handler> methods = exact.get(path);
        if (methods != null) return Map.entry(path, methods);
        return below.entrySet().stream()
                .filter(e -> path.startsWith(e.getKey())
                        && path.length() > e.getKey().length())
                .max(Comparator.comparingInt(e -> e.getKey().length()))
                .map(e -> Map.entry(e.getKey() + "*", e.getValue()))
                .orElse(null);
    }
}
