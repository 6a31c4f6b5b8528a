package dev.paddock.modelfile.convert.vocab;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.ModelFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Which tokens begin a text, end an answer, fill gaps... What names a token in words goes before what gives a number. */
final class SpecialTokens {
    /** The makers' roles and llama.cpp's. */
    private static final Map<String, String> ROLES = new LinkedHashMap<>();

    static {
        ROLES.put("bos", "bos");
        ROLES.put("eos", "eos");
        ROLES.put("unk", "unknown");
        ROLES.put("sep", "seperator"); // llama.cpp's spelling
        ROLES.put("pad", "padding");
        ROLES.put("cls", "cls");
        ROLES.put("mask", "mask");
    }

    private SpecialTokens() {}

    /**
     * @param json null when there is none
     * @param model the model's own configuration
     */
    static void find(Vocabulary vocabulary, ModelFiles files, TokenizerJson json, Config model) throws IOException {
        for (String name : new String[] {"tokenizer_config.json", "special_tokens_map.json"}) {
            var config = files.config(name);
            if (config.isEmpty()) continue;
            ROLES.forEach((theirs, ours) -> vocabulary
                    .id(AddedTokens.named(config.get(), theirs + "_token"))
                    .ifPresent(id -> vocabulary.special(ours, id)));
            for (String role : new String[] {"bos", "eos"}) {
                config.get()
                        .value("add_" + role + "_token")
                        .filter(JsonNode::isBoolean)
                        .ifPresent(add -> vocabulary.flag("add_" + role + "_token", add.asBoolean()));
            }
        }
        ROLES.forEach((theirs, ours) -> ids(model, theirs + "_token_id").forEach(id -> vocabulary.special(ours, id)));
        if (json != null) template(vocabulary, json.part("post_processor"));
        ends(vocabulary, files, model);
    }

    /** BERT's texts begin with the class and end with the separator, whatever else they are called. */
    static void ofEncoder(Vocabulary vocabulary) {
        for (var role : Map.of(
                        "cls", "[CLS]", "seperator", "[SEP]", "unknown", "[UNK]", "padding", "[PAD]", "mask", "[MASK]")
                .entrySet()) {
            vocabulary.id(role.getValue()).ifPresent(id -> vocabulary.special(role.getKey(), id));
        }
        vocabulary.special("cls").ifPresent(id -> vocabulary.special("bos", id));
        vocabulary.special("seperator").ifPresent(id -> vocabulary.special("eos", id));
    }

    /** What is put before and behind a text, where only {@code tokenizer.json} says so. */
    private static void template(Vocabulary vocabulary, JsonNode processor) {
        for (JsonNode inner : processor.path("processors")) template(vocabulary, inner);
        if (!processor.path("type").asString("").equals("TemplateProcessing")) return;
        JsonNode single = processor.path("single");
        if (single.size() < 2) return;
        edge(vocabulary, single.get(0), "bos");
        edge(vocabulary, single.get(single.size() - 1), "eos");
    }

    private static void edge(Vocabulary vocabulary, JsonNode element, String role) {
        String text = element.path("SpecialToken").path("id").asString("");
        if (text.isEmpty()) return;
        vocabulary.id(text).ifPresent(id -> {
            vocabulary.special(role, id);
            if (vocabulary.special(role).equals(java.util.Optional.of(id)))
                vocabulary.flag("add_" + role + "_token", true);
        });
    }

    /** An answer may have several ends; llama.cpp has names for three. */
    private static void ends(Vocabulary vocabulary, ModelFiles files, Config model) throws IOException {
        List<Long> ends = new ArrayList<>(ids(model, "eos_token_id"));
        var generation = files.config("generation_config.json");
        if (generation.isPresent()) ends.addAll(ids(generation.get(), "eos_token_id"));
        ends.forEach(id -> vocabulary.special("eos", id));
        for (long id : ends) {
            boolean known = List.of("eos", "eot", "eom").stream()
                    .anyMatch(role ->
                            vocabulary.special(role).filter(end -> end == id).isPresent());
            if (known) continue;
            vocabulary.special(vocabulary.special("eot").isEmpty() ? "eot" : "eom", id);
        }
    }

    private static List<Long> ids(Config config, String key) {
        List<Long> ids = new ArrayList<>();
        config.value(key).ifPresent(value -> {
            if (value.isIntegralNumber()) ids.add(value.asLong(-1));
            for (JsonNode element : value) if (element.isIntegralNumber()) ids.add(element.asLong(-1));
        });
        return ids;
    }

    /** What SentencePiece itself says, where nothing else does. Its texts have a begin, as its makers' class gives them. */
    static void ofPieces(Vocabulary vocabulary, SentencePieceFile file, boolean alone) {
        vocabulary.special("bos", file.begin());
        vocabulary.special("eos", file.end());
        vocabulary.special("unknown", file.unknown());
        vocabulary.special("padding", file.padding());
        if (alone) vocabulary.flag("add_bos_token", vocabulary.special("bos").isPresent());
    }

    /** llama.cpp has its own idea of what begins and ends a text unless it is told. */
    static void withoutMore(Vocabulary vocabulary) {
        for (String role : new String[] {"bos", "eos"}) vocabulary.flag("add_" + role + "_token", false);
    }
}
