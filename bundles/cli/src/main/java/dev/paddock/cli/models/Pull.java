package dev.paddock.cli.models;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.util.Map;

/**
 * Brings a model from a registry.
 *
 * @param insecure whether plain HTTP may be used
 */
public record Pull(Site site, boolean insecure) {
    private static final String GO_ON = "interrupted; what has come is kept: the same command goes on from there";

    /** @throws Failure when it does not come */
    public void model(String name) {
        Following.of(site, GO_ON)
                .toTheEnd(() -> site.api().stream("/api/pull", Map.of("model", name, "insecure", insecure)));
    }
}
