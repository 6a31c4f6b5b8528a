package dev.paddock.transfer.net;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One request.
 *
 * @param method in upper case
 * @param address absolute
 * @param headers without {@code Authorization}, which the session adds where it belongs
 * @param body empty for methods without one
 * @param manner how it is treated
 */
public record Call(String method, URI address, Map<String, String> headers, Optional<Body> body, Manner manner) {
    /** How a request is treated. */
    public enum Manner {
        /** As all are. */
        PLAIN,
        /** The server may take minutes before it answers: it has to read through what it got. */
        PATIENT,
        /** The body is large and perhaps not wanted: ask first. */
        CAREFUL
    }

    /** Asks for something. */
    public static Call get(URI address) {
        return new Call("GET", address, Map.of(), Optional.empty(), Manner.PLAIN);
    }

    /** Asks whether it is there. */
    public static Call head(URI address) {
        return new Call("HEAD", address, Map.of(), Optional.empty(), Manner.PLAIN);
    }

    /** Brings something. */
    public static Call with(String method, URI address, Body body) {
        return new Call(method, address, Map.of(), Optional.of(body), Manner.PLAIN);
    }

    /** The same with one header more. */
    public Call header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Call(method, address, all, body, manner);
    }

    /** The same to somewhere else. */
    public Call to(URI other) {
        return new Call(method, other, headers, body, manner);
    }

    /** The same with much patience. */
    public Call patiently() {
        return new Call(method, address, headers, body, Manner.PATIENT);
    }

    /** The same, asking before the body is sent. */
    public Call carefully() {
        return new Call(method, address, headers, body, Manner.CAREFUL);
    }
}
