package dev.paddock.dialect.ollama;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Options;
import dev.paddock.api.model.Traits;
import dev.paddock.api.prompt.Message;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code POST /api/create}. A client that goes away ends it; what it had uploaded stays for a while. */
final class CreateRoute {
    /** Facts of {@code info} that a configuration has. */
    private static final Set<String> FACTS = Set.of(
            "capabilities",
            "model_family",
            "base_name",
            "quantization_level",
            "parameter_size",
            "context_length",
            "embedding_length");

    /** What a path must not have to stay below its folder whoever resolves it: drive, root, step up, doubled slash. */
    private static final Pattern ASTRAY = Pattern.compile("[\\\\:\\x00]|(?:^|/)\\.{0,2}(?:/|\\z)");

    private final ModelBuilder builder;

    CreateRoute(ModelBuilder builder) {
        this.builder = builder;
    }

    void answer(Call call) throws IOException {
        Fields body = Requests.body(call);
        String asked = Requests.model(body);
        if (asked.isBlank()) throw Requests.invalid("invalid model name");
        ModelName name = Cloud.local(asked).name();
        call.identity().requireModel(name);
        if (body.text("remote_host").filter(host -> !host.isBlank()).isPresent()) {
            throw new PaddockException(
                    Fault.UNSUPPORTED,
                    "\"remote_host\" asks for a model that another server runs; this server runs only local ones");
        }
        boolean stream = body.flag("stream", true);
        List<String> ignored = new ArrayList<>();
        ModelRecipe recipe = recipe(body, ignored);
        recipe.source().from().ifPresent(call.identity()::requireModel);
        ignored.addAll(Requests.ignored(body, recipe.changes().options()));
        call.ignored(ignored);
        if (stream) call.whileHeard(call.ndjson(), told -> builder.build(name, recipe, told));
        else {
            call.await(() -> builder.build(name, recipe, _ -> {}));
            Requests.success(call);
        }
    }

    private static ModelRecipe recipe(Fields body, List<String> ignored) {
        var source = new ModelRecipe.Source(
                body.text("from").filter(from -> !from.isBlank()).map(from -> Cloud.local(from)
                        .name()),
                files(body, "files"),
                files(body, "draft_files"),
                files(body, "adapters"));
        var packing = new ModelRecipe.Packing(
                text(body, "quantize").or(() -> text(body, "quantization")).orElse(""),
                text(body, "draft_quantize").orElse(""),
                body.flag("requantize", false));
        if (!packing.draftQuantize().isEmpty()
                && source.draftFiles().isEmpty()
                && source.from().isEmpty()) {
            throw Requests.invalid("--draft-quantize requires a DRAFT model");
        }
        if (source.from().isEmpty() && source.files().isEmpty()) {
            throw Requests.invalid("neither 'from' or 'files' was specified");
        }
        return new ModelRecipe(source, packing, changes(body, ignored));
    }

    private static ModelRecipe.Changes changes(Fields body, List<String> ignored) {
        var attachments = new Attachments();
        List<Message> messages = ChatMessages.parse(body, attachments);
        if (attachments.any()) throw Requests.invalid("the messages of a model hold text; leave \"images\" out");
        var traits = new Traits(
                text(body, "renderer").orElse(""),
                text(body, "parser").orElse(""),
                text(body, "requires").orElse(""));
        return new ModelRecipe.Changes(
                text(body, "template"),
                text(body, "system"),
                body.map("parameters").map(Options::of).orElse(Options.NONE),
                messages,
                body.textOrTexts("license").stream().filter(l -> !l.isEmpty()).toList(),
                traits,
                info(body, ignored));
    }

    private static Optional<String> text(Fields body, String field) {
        return body.text(field).filter(text -> !text.isEmpty());
    }

    private static Map<String, Object> info(Fields body, List<String> ignored) {
        Map<String, Object> info = new LinkedHashMap<>();
        body.map("info").orElse(Map.of()).forEach((key, value) -> {
            if (!FACTS.contains(key)) ignored.add("info." + key);
            else if (value != null) info.put(key, value);
        });
        return info;
    }

    private static Map<String, Digest> files(Fields body, String field) {
        Map<String, Digest> files = new LinkedHashMap<>();
        body.map(field).orElse(Map.of()).forEach((path, digest) -> {
            if (ASTRAY.matcher(path).find()) throw Requests.invalid("file path must be relative");
            files.put(path, Digest.parse(digest instanceof String text ? text : ""));
        });
        return files;
    }
}
