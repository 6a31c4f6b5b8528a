package dev.paddock.modelfile;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.Option;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.FileType;
import dev.paddock.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a recipe into a blueprint: what comes from the parent, from files, then what the recipe changes. One thread. */
final class Creation {
    /** So many adapters an answer can be made with. */
    private static final int MOST_ADAPTERS = 8;

    private final Gate gate;
    private final ManifestStore manifests;
    private final Parents parents;
    private final FilesImport files;
    private final Quantization quantization;
    private final Steps steps;
    private final Blueprint blueprint = new Blueprint();

    Creation(
            Gate gate,
            ManifestStore manifests,
            Parents parents,
            FilesImport files,
            Quantization quantization,
            Steps steps) {
        this.gate = gate;
        this.manifests = manifests;
        this.parents = parents;
        this.files = files;
        this.quantization = quantization;
        this.steps = steps;
    }

    /** @throws PaddockException as {@link dev.paddock.api.model.ModelBuilder#build} says */
    Blueprint blueprint(ModelRecipe recipe) {
        RecipeCheck.check(recipe);
        Optional<FileType> type = FileTypes.asked(recipe.packing().quantize());
        Optional<FileType> draftType = FileTypes.asked(recipe.packing().draftQuantize());
        ModelRecipe.Source source = recipe.source();
        source.from().ifPresent(name -> parents.derive(name, blueprint));
        List<Piece> given = files.read(source.files());
        Optional<Piece> model = model(given, source.from().isPresent());
        Optional<Piece> draft = draft(source.draftFiles());
        boolean again = recipe.packing().requantize();
        Piece weights = model.orElseGet(() -> parents.piece(last(MediaType.MODEL)));
        weigh(weights, model.isPresent(), type, again);
        beside(given);
        adapters(given);
        adapters(onlyAdapters(files.adapters(source.adapters(), weights)));
        guess(draft, draftType, again);
        change(recipe.changes());
        return blueprint;
    }

    private Layer last(String mediaType) {
        return blueprint.taken(mediaType).getLast();
    }

    /** The one model among files; empty when a parent brings it. */
    private static Optional<Piece> model(List<Piece> given, boolean derived) {
        List<Piece> models = only(MediaType.MODEL, given);
        if (models.size() > 1) {
            throw Faults.invalid("a model has one file of weights; given were "
                    + models.getFirst().source() + " and " + models.get(1).source());
        }
        if (derived && !models.isEmpty()) {
            throw Faults.invalid(
                    "'from' names a model, and " + models.getFirst().source() + " is another; make it of one of them");
        }
        if (!derived && models.isEmpty()) {
            throw Faults.invalid(
                    "there is no model among the files: " + given.getFirst().source() + " is " + word(given.getFirst())
                            + "; name the model that it belongs to as well");
        }
        return models.stream().findFirst();
    }

    private static List<Piece> only(String mediaType, List<Piece> pieces) {
        return pieces.stream()
                .filter(piece -> piece.mediaType().equals(mediaType))
                .toList();
    }

    private static String word(Piece piece) {
        return switch (piece.mediaType()) {
            case MediaType.ADAPTER -> "an adapter";
            case MediaType.PROJECTOR -> "a projector";
            default -> "a model";
        };
    }

    /** Puts the weights in, packed as they are to be, with what they say of themselves. */
    private void weigh(Piece weights, boolean given, Optional<FileType> type, boolean again) {
        if (given) {
            if (type.isEmpty()) steps.say("validating GGUF model");
            gate.check(weights);
        }
        Piece own = given ? weights : files.readable(weights);
        Piece packed = type.isEmpty() ? own : quantization.packed(own, Quantization.Of.MODEL, type.get(), again);
        if (!given && packed == weights) return;
        Map<String, Object> facts = manifests.describe(packed.file());
        if (given) blueprint.config().putAll(facts);
        else ConfigFacts.weigh(blueprint.config(), facts);
        blueprint.replace(packed);
    }

    private void beside(List<Piece> given) {
        for (Piece projector : only(MediaType.PROJECTOR, given)) {
            ConfigFacts.addFamily(blueprint.config(), gate.header(projector).architecture());
            blueprint.add(projector);
        }
    }

    private static List<Piece> onlyAdapters(List<Piece> given) {
        for (Piece piece : given) {
            if (!piece.mediaType().equals(MediaType.ADAPTER)) {
                throw Faults.invalid(piece.source() + " is " + word(piece) + ", not an adapter");
            }
        }
        return given;
    }

    private void adapters(List<Piece> given) {
        for (Piece piece : given) {
            if (piece.mediaType().equals(MediaType.ADAPTER)) adapter(piece);
        }
    }

    private void adapter(Piece piece) {
        String own = gate.header(piece).architecture();
        String model = Json.text(blueprint.config(), "model_family");
        if (!own.isEmpty() && !model.isEmpty() && !own.equals(model)) {
            throw Faults.invalid("the adapter " + piece.source() + " is for models of the architecture " + own
                    + ", this one is of " + model);
        }
        blueprint.add(piece);
        if (blueprint.count(MediaType.ADAPTER) > MOST_ADAPTERS) {
            throw Faults.invalid("a model has at most " + MOST_ADAPTERS + " adapters");
        }
    }

    private Optional<Piece> draft(Map<String, Digest> given) {
        if (given.isEmpty()) return Optional.empty();
        List<Piece> pieces = files.read(given);
        Piece first = pieces.getFirst();
        if (pieces.size() > 1 || !first.mediaType().equals(MediaType.MODEL)) {
            throw Faults.invalid("a draft is one model; " + first.source() + " is " + word(first)
                    + (pieces.size() > 1 ? ", one of " + pieces.size() + " files" : ""));
        }
        gate.check(first);
        return Optional.of(new Piece(MediaType.DRAFT, first.source(), first.file(), first.keep()));
    }

    private void guess(Optional<Piece> given, Optional<FileType> type, boolean again) {
        if (given.isEmpty() && type.isEmpty()) return;
        if (given.isEmpty() && blueprint.taken(MediaType.DRAFT).isEmpty()) {
            throw Faults.invalid("--draft-quantize requires a DRAFT model");
        }
        Piece draft = given.orElseGet(() -> parents.piece(last(MediaType.DRAFT)));
        Piece packed = type.isEmpty() ? draft : quantization.packed(draft, Quantization.Of.DRAFT, type.get(), again);
        if (given.isPresent() || packed != draft) blueprint.replace(packed);
    }

    private void change(ModelRecipe.Changes changes) {
        ConfigFacts.apply(blueprint.config(), changes.traits());
        ConfigFacts.apply(blueprint.config(), changes.info());
        changes.template().ifPresent(text -> {
            blueprint.remove(MediaType.PROMPT);
            blueprint.replace(MediaType.TEMPLATE, utf8(text));
        });
        changes.system().ifPresent(text -> blueprint.replace(MediaType.SYSTEM, utf8(text)));
        changes.licenses().forEach(text -> blueprint.add(MediaType.LICENSE, utf8(text)));
        if (!changes.options().values().isEmpty()) blueprint.replace(MediaType.PARAMS, mergedOptions(changes));
        if (!changes.messages().isEmpty()) {
            blueprint.replace(MediaType.MESSAGES, StoredMessages.bytes(changes.messages()));
        }
    }

    /** Merged as JSON, so that options of the parent that we do not know stay in the model. */
    private byte[] mergedOptions(ModelRecipe.Changes changes) {
        Map<String, Object> merged = new LinkedHashMap<>();
        for (Layer layer : blueprint.taken(MediaType.PARAMS)) merged.putAll(parents.object(layer));
        for (Map.Entry<Option, Object> option : changes.options().values().entrySet()) {
            merged.put(option.getKey().key(), option.getValue());
        }
        return Json.bytes(merged);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
