package dev.paddock.modelfile.convert.arch;

import dev.paddock.gguf.GgufFile;
import dev.paddock.modelfile.convert.Config;
import dev.paddock.modelfile.convert.Refused;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Which weights of a base model an adapter's matrices belong to. The base is GGUF already, and says what it is. */
public final class AdapterNames {
    /** Architectures of base models. */
    public static final Set<String> SUPPORTED = Set.of("llama", "gemma2", "gemma3", "qwen2", "qwen3");

    private static final String PREFIX = "base_model.model.";

    private final String architecture;
    private final int layers;
    private final int queries;
    private final int keys;
    private final Names names;

    private AdapterNames(GgufFile base) {
        architecture = base.architecture();
        layers = count(base, "block_count", OptionalLong.empty());
        queries = count(base, "attention.head_count", OptionalLong.empty());
        keys = count(base, "attention.head_count_kv", OptionalLong.of(queries));
        names = Decoder.apart(Decoder.decoderNames());
    }

    /**
     * The names of a base model's weights.
     *
     * @throws dev.paddock.api.fault.PaddockException INVALID_REQUEST when it is of another kind
     */
    public static AdapterNames of(GgufFile base) {
        if (!SUPPORTED.contains(base.architecture())) {
            throw Refused.because("adapters in safetensors cannot be converted for a base model of architecture \""
                    + base.architecture() + "\"; supported are "
                    + String.join(", ", SUPPORTED.stream().sorted().toList()));
        }
        return new AdapterNames(base);
    }

    private static int count(GgufFile base, String key, OptionalLong otherwise) {
        OptionalLong found = base.architectureInteger(key);
        long count = found.isPresent() ? found.getAsLong() : otherwise.orElse(0);
        if (count < 1 || count > Config.WIDTH) {
            throw Refused.because("the base model's " + key + " is no one number, which an adapter needs");
        }
        return (int) count;
    }

    /** llama.cpp's name of the weight that a module has; empty when an adapter cannot change it. */
    public Optional<String> find(String module) {
        String plain = module.startsWith(PREFIX) ? module.substring(PREFIX.length()) : module;
        return names.find(Architecture.plain(plain) + ".weight", layers)
                .filter(name -> name.startsWith("blk.") && !name.contains("norm"));
    }

    /** The order that its rows have in the base. */
    public Target target(String ours) {
        return architecture.equals("llama") ? Llama.rotated(ours, queries, keys) : Target.same(ours);
    }
}
