package dev.paddock.cli.run;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Refused;
import dev.paddock.cli.server.Site;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code run} does with a model that makes numbers of texts and answers nothing. */
public final class Embedding {
    private final Site site;
    private final String model;

    public Embedding(Site site, String model) {
        this.site = site;
        this.model = model;
    }

    /** Whether that model is one of them; false when nothing is known of it. */
    public boolean isMeant() {
        try {
            var shown = site.api().call("POST", "/api/show", Map.of("model", model));
            return shown.get("capabilities") instanceof List<?> list
                    && list.contains("embedding")
                    && !list.contains("completion");
        } catch (Refused e) {
            return false;
        }
    }

    /**
     * Prints the numbers of a text as one JSON array.
     *
     * @param truncate whether a text that is too long is cut
     * @param dimensions how many numbers are wanted; 0 = all
     */
    public int print(String text, boolean truncate, int dimensions) {
        if (text.isBlank()) {
            throw new Failure(
                    "embedding models require input text. Usage: paddock run " + model + " \"your text here\"");
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("input", text);
        body.put("truncate", truncate);
        if (dimensions > 0) body.put("dimensions", dimensions);
        if (!(site.api().call("POST", "/api/embed", body).get("embeddings") instanceof List<?> all) || all.isEmpty()) {
            throw new Failure("the server gave no embedding");
        }
        String line = new String(Json.bytes(Map.of("v", all.getFirst())), StandardCharsets.UTF_8);
        site.out().println(line.substring("{\"v\":".length(), line.length() - 1));
        return 0;
    }
}
