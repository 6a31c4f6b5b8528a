package dev.paddock.api.model;

import dev.paddock.api.prompt.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a new model is made of, and what is different in it.
 *
 * @param source where its layers come from
 * @param packing how weights are to be packed
 * @param changes what replaces or joins the parent's
 */
public record ModelRecipe(Source source, Packing packing, Changes changes) {
    /** Taken over as it is. */
    public static ModelRecipe of(Source source) {
        return new ModelRecipe(source, Packing.KEEP, Changes.NONE);
    }

    /**
     * Where layers come from: an installed model, files, or both (then the files come beside what the model has).
     *
     * @param from a model to derive from; it is pulled when it is not installed
     * @param files relative file name to the digest of an uploaded blob: GGUF files, or the safetensors and JSON files
     *     of one model
     * @param draftFiles the same of a small model that guesses ahead
     * @param adapters the same of a LoRA adapter
     */
    public record Source(
            Optional<ModelName> from,
            Map<String, Digest> files,
            Map<String, Digest> draftFiles,
            Map<String, Digest> adapters) {
        public Source {
            files = new LinkedHashMap<>(files);
            draftFiles = new LinkedHashMap<>(draftFiles);
            adapters = new LinkedHashMap<>(adapters);
        }

        /** An installed model. */
        public static Source of(ModelName from) {
            return new Source(Optional.of(from), Map.of(), Map.of(), Map.of());
        }

        /** Uploaded files. */
        public static Source of(Map<String, Digest> files) {
            return new Source(Optional.empty(), files, Map.of(), Map.of());
        }
    }

    /**
     * How weights are packed.
     *
     * @param quantize a type such as {@code q4_K_M}, in any case; empty = as they are
     * @param draftQuantize the same for the draft model
     * @param requantize whether weights that are quantized already may be quantized again, which loses quality
     */
    public record Packing(String quantize, String draftQuantize, boolean requantize) {
        /** Weights stay as they are. */
        public static final Packing KEEP = new Packing("", "", false);
    }

    /**
     * What is different from the parent or the files.
     *
     * @param template a Go template that replaces the model's
     * @param system a system text that replaces the model's
     * @param options merged over the parent's
     * @param messages replace the parent's when not empty
     * @param licenses added to the parent's
     * @param traits those that are not empty replace the parent's
     * @param info replaces facts of the configuration: {@code capabilities} (list of text), {@code model_family},
     *     {@code base_name}, {@code quantization_level}, {@code parameter_size} (text), {@code context_length},
     *     {@code embedding_length} (whole numbers)
     */
    public record Changes(
            Optional<String> template,
            Optional<String> system,
            Options options,
            List<Message> messages,
            List<String> licenses,
            Traits traits,
            Map<String, Object> info) {
        /** Everything stays. */
        public static final Changes NONE = new Changes(
                Optional.empty(), Optional.empty(), Options.NONE, List.of(), List.of(), Traits.NONE, Map.of());

        public Changes {
            messages = List.copyOf(messages);
            licenses = List.copyOf(licenses);
            info = new LinkedHashMap<>(info);
        }
    }
}
