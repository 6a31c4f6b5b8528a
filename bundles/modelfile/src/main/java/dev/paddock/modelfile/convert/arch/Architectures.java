package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.ModelFiles;
import dev.paddock.modelfile.convert.Refused;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The architectures that can be converted, by the names of the classes that their makers published. */
public final class Architectures {
    @FunctionalInterface
    private interface Maker {
        Architecture make(Config config, ModelFiles files) throws IOException;
    }

    private static final Map<String, Maker> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("LlamaForCausalLM", (config, files) -> new Llama(config)),
            Map.entry("MistralForCausalLM", (config, files) -> new Llama(config)),
            Map.entry("Qwen2ForCausalLM", Qwen::second),
            Map.entry("Qwen3ForCausalLM", Qwen::third),
            Map.entry("Gemma2ForCausalLM", (config, files) -> Gemma.second(config)),
            Map.entry("Gemma3ForCausalLM", (config, files) -> Gemma.third(config)),
            Map.entry("Gemma3ForConditionalGeneration", (config, files) -> Gemma.third(config)),
            Map.entry("Phi3ForCausalLM", (config, files) -> new Phi3(config)),
            Map.entry("BertModel", Bert::new),
            Map.entry("BertForMaskedLM", Bert::new),
            Map.entry("NomicBertModel", NomicBert::new)));

    private Architectures() {}

    /** All of them, for people. */
    public static String supported() {
        return String.join(", ", KNOWN.keySet());
    }

    /**
     * The architecture of a model.
     *
     * @param config its {@code config.json}
     * @param files where it may say more
     */
    public static Architecture of(Config config, ModelFiles files) throws IOException {
        JsonNode named = config.value("architectures")
                .filter(list ->
                        list.isArray() && list.size() == 1 && list.get(0).isString())
                .orElseThrow(() -> Refused.because(config.file()
                        + " names no architecture under \"architectures\"; supported are " + supported()));
        String name = named.get(0).asString();
        Maker maker = KNOWN.get(name);
        if (maker == null) {
            throw Refused.because("models of architecture " + name.substring(0, Math.min(name.length(), 80))
                    + " cannot be converted; supported are " + supported());
        }
        if (config.has("quantization_config")) {
            throw Refused.because("the weights are quantized already (quantization_config in " + config.file()
                    + "); what can be converted are weights in BF16, F16, F32 or F64");
        }
        return maker.make(config, files);
    }
}
