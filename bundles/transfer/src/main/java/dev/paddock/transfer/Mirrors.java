package dev.paddock.transfer;

import dev.paddock.transfer.net.Origin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * Where pulls ask before they ask the registry itself.
 *
 * @param pairs in the order in which they are asked
 */
record Mirrors(List<Pair> pairs) {
    /**
     * One mirror.
     *
     * @param registry host, with its port where the name of a model has one
     * @param address of the mirror, perhaps with a path
     */
    record Pair(String registry, URI address) {}

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException naming what is no pair
     */
    static Mirrors of(List<String> setting) {
        List<Pair> pairs = new ArrayList<>();
        for (String text : setting) if (!text.isBlank()) pairs.add(pair(text.strip()));
        return new Mirrors(List.copyOf(pairs));
    }

    private static Pair pair(String text) {
        int equals = text.indexOf('=');
        try {
            URI address = URI.create(text.substring(equals + 1).replaceAll("/+$", ""));
            Origin.of(address);
            if (equals > 0) return new Pair(text.substring(0, equals).strip(), address);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(complaint(text), e);
        }
        throw new IllegalArgumentException(complaint(text));
    }

    private static String complaint(String text) {
        return TransferConfig.PID + ": mirrors: \"" + text + "\" is not REGISTRY=ADDRESS with https:// in front";
    }

    /** The addresses to ask for models of a registry. */
    List<URI> of(String registry) {
        return pairs.stream()
                .filter(pair -> pair.registry().equalsIgnoreCase(registry))
                .map(Pair::address)
                .toList();
    }
}
