package dev.paddock.cli.models;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Site;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** How answers are printed for programs. */
final class Printing {
    private Printing() {}

    static void json(Site site, Map<String, Object> object) {
        site.out().println(new String(Json.bytes(object), StandardCharsets.UTF_8));
    }
}
