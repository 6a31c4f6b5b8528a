package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.ModelFiles;
import dev.paddock.modelfile.convert.Refused;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * How the vectors of an input's tokens become one, by {@code modules.json} and the file that it points to, as
 * Sentence Transformers writes them. Numbers are llama.cpp's.
 */
final class Pooling {
    private static final int MEAN = 1;
    private static final int CLS = 2;
    private static final int LAST = 3;

    private static final Map<String, Integer> MODES = Map.of("mean", MEAN, "cls", CLS, "lasttoken", LAST);
    private static final Map<String, Integer> FLAGS =
            Map.of("pooling_mode_mean_tokens", MEAN, "pooling_mode_cls_token", CLS, "pooling_mode_lasttoken", LAST);

    private Pooling() {}

    /** Empty when nothing is said. */
    static OptionalInt of(ModelFiles files) throws IOException {
        JsonNode modules = files.json("modules.json").orElse(null);
        if (modules == null) return OptionalInt.empty();
        OptionalInt pooling = OptionalInt.empty();
        for (JsonNode module : modules) {
            String type = module.path("type").asString("");
            if (type.endsWith("Pooling"))
                pooling = OptionalInt.of(read(module.path("path").asString(""), files));
            else if (!type.endsWith("Transformer") && !type.endsWith("Normalize")) {
                throw Refused.because("modules.json: a module of type \"" + type + "\" is not supported; supported are"
                        + " Transformer, Pooling and Normalize");
            }
        }
        return pooling;
    }

    private static int read(String folder, ModelFiles files) throws IOException {
        String name = folder + "/config.json";
        Config config = files.config(name)
                .orElseThrow(() -> Refused.because("modules.json names " + name + ", which is missing"));
        var chosen = FLAGS.entrySet().stream()
                .filter(flag -> config.flag(flag.getKey(), false))
                .map(Map.Entry::getValue)
                .toList();
        if (chosen.size() == 1) return chosen.getFirst();
        Integer mode = config.text("pooling_mode").map(MODES::get).orElse(null);
        if (chosen.isEmpty() && mode != null) return mode;
        throw Refused.because(name + " names no one way of pooling; supported are mean, cls and lasttoken");
    }
}
