package dev.paddock.dialect.ollama;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.Progress;
import dev.paddock.api.model.Traits;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import dev.paddock.dialect.kit.ModelReference;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/create}. */
final class CreateRoute {
    private static final String[] NOT_YET = {
        "remote_host",
        "draft_files",
        "adapters",
        "quantize",
        "quantization",
        "draft_quantize",
        "renderer",
        "parser",
        "requires",
        "info",
    };

    private final ModelStore store;
    private final ModelBuilder builder;

    CreateRoute(ModelStore store, ModelBuilder builder) {
        this.store = store;
        this.builder = builder;
    }

    void answer(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        if (asked.isBlank()) throw Requests.invalid("invalid model name");
        ModelName name = ModelReference.parse(asked).name();
        body.refuse(NOT_YET);
        boolean stream = body.flag("stream", true);
        ModelRecipe recipe = recipe(body);
        call.ignored(Requests.ignored(body, recipe.changes().options()));
        if (stream) stream(call, name, recipe);
        else {
            builder.build(name, recipe, _ -> {});
            call.json(200, ProgressLines.json(Progress.step(Progress.SUCCESS)));
        }
    }

    private void stream(Call call, ModelName name, ModelRecipe recipe) throws IOException {
        builder.build(name, recipe, new ProgressLines(call.ndjson()));
    }

    private ModelRecipe recipe(Fields body) {
        Optional<ModelName> from = body.text("from").filter(f -> !f.isBlank()).map(this::parent);
        Map<String, Digest> files = files(body);
        if (from.isEmpty() && files.isEmpty()) throw Requests.invalid("neither 'from' or 'files' was specified");
        var changes = new ModelRecipe.Changes(
                body.text("template").filter(t -> !t.isEmpty()),
                body.text("system").filter(s -> !s.isEmpty()),
                body.map("parameters").map(Options::of).orElse(Options.NONE),
                ChatMessages.parse(body),
                body.textOrTexts("license").stream().filter(l -> !l.isEmpty()).toList(),
                Traits.NONE,
                Map.of());
        return new ModelRecipe(
                new ModelRecipe.Source(from, files, Map.of(), Map.of()), ModelRecipe.Packing.KEEP, changes);
    }

    private ModelName parent(String asked) {
        ModelName name = ModelReference.parse(asked).name();
        return store.find(name)
                .orElseThrow(() -> StoreRoutes.notFound(asked.strip()))
                .name();
    }

    private static Map<String, Digest> files(Fields body) {
        Map<String, Digest> files = new LinkedHashMap<>();
        body.map("files").orElse(Map.of()).forEach((path, digest) -> {
            if (!relative(path)) throw Requests.invalid("file path must be relative");
            files.put(path, Digest.parse(digest instanceof String text ? text : ""));
        });
        return files;
    }

    /** Whether a path stays below its folder whoever resolves it: no drive, no root, no step up, nothing doubled. */
    private static boolean relative(String path) {
        return path.matches("(?!\\.{1,2}(/|$))[^\\\\/:\\x00]+(/(?!\\.{1,2}(/|$))[^\\\\/:\\x00]+)*");
    }
}
