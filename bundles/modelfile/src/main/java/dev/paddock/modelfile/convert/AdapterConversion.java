package dev.paddock.modelfile.convert;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.gguf.GgmlType;
import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.GgufWriter;
import dev.paddock.modelfile.convert.arch.AdapterNames;
import dev.paddock.modelfile.convert.arch.Target;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From a LoRA adapter in PEFT's form ({@code adapter_config.json} and {@code adapter_model.safetensors}) to GGUF, for a
 * base model that is GGUF already. One thread.
 */
public final class AdapterConversion {
    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final Pattern NAME = Pattern.compile("(.+)\\.lora_([AB])(?:\\.default)?\\.weight");

    private final ModelFiles files;
    private final GgufFile base;
    private final ConversionProgress told;
    private final GgufWriter writer = new GgufWriter();
    private long total;
    private long done;

    private AdapterConversion(ModelFiles files, GgufFile base, ConversionProgress told) {
        this.files = files;
        this.base = base;
        this.told = told;
    }

    /** The two matrices whose product is added to a weight. */
    private static final class Pair {
        private Weights.Source a;
        private Weights.Source b;
    }

    /** Whether these files are an adapter's. */
    public static boolean isAdapter(Map<String, Path> files) {
        return files.containsKey(CONFIG);
    }

    /**
     * Converts an adapter. A file that could not be finished is removed.
     *
     * @param files the adapter's files by their names relative to its folder
     * @param base the header of the model that it was trained for
     * @param out the GGUF file to write, replaced when it is there
     * @param told hears how far it is
     * @throws PaddockException INVALID_REQUEST with what is missing, damaged or not supported, or does not fit the base;
     *     CANCELLED when the thread was interrupted
     * @throws IOException when a file cannot be read or written
     */
    public static void convert(Map<String, Path> files, GgufFile base, Path out, ConversionProgress told)
            throws IOException {
        boolean done = false;
        try {
            new AdapterConversion(new ModelFiles(files), base, told).convert(out);
            done = true;
        } catch (ClosedByInterruptException e) {
            throw new PaddockException(Fault.CANCELLED, "the conversion was cancelled", e);
        } finally {
            if (!done) Files.deleteIfExists(out);
        }
    }

    private void convert(Path out) throws IOException {
        Config config = files.config(CONFIG).orElseThrow(() -> Refused.because(CONFIG + " is missing"));
        requireSupported(config);
        AdapterNames names = AdapterNames.of(base);
        Map<String, Pair> pairs = pairs(names);
        writer.text("general.architecture", base.architecture())
                .text("general.type", "adapter")
                .text("adapter.type", "lora")
                .float32("adapter.lora.alpha", alpha(config));
        pairs.forEach((ours, pair) -> add(names.target(ours), pair));
        writer.write(out);
    }

    private static void requireSupported(Config config) {
        config.demand("peft_type", "LORA");
        config.demand("bias", "none");
        for (String flag : List.of("use_dora", "fan_in_fan_out", "use_qalora")) {
            if (config.flag(flag, false)) throw Refused.because(CONFIG + ": \"" + flag + "\" is not supported");
        }
        for (String map : List.of(
                "alpha_pattern",
                "modules_to_save",
                "trainable_token_indices",
                "invocation_string",
                "alora_invocation_tokens")) {
            if (config.value(map)
                    .filter(value -> !value.isContainer() || !value.isEmpty())
                    .isPresent()) {
                throw Refused.because(CONFIG + ": \"" + map + "\" is not supported");
            }
        }
    }

    /** llama.cpp divides it by the rank; some adapters want the rank's root. */
    private static double alpha(Config config) {
        double alpha = config.required("lora_alpha");
        if (!config.flag("use_rslora", false)) return alpha;
        if (config.value("rank_pattern").filter(value -> !value.isEmpty()).isPresent()) {
            throw Refused.because(CONFIG + ": \"use_rslora\" with \"rank_pattern\" is not supported");
        }
        return alpha * Math.sqrt(config.size(Config.WIDTH, "r"));
    }

    private Map<String, Pair> pairs(AdapterNames names) throws IOException {
        Map<String, Pair> pairs = new TreeMap<>();
        for (var source : Weights.ofFile(WEIGHTS, files).tensors().values()) {
            String name = source.stored().name();
            Matcher match = NAME.matcher(name);
            if (!match.matches()) {
                throw Refused.because("the adapter's tensor \"" + name + "\" is none of a LoRA pair; supported are the"
                        + " matrices lora_A and lora_B");
            }
            String ours = names.find(match.group(1))
                    .orElseThrow(() -> Refused.because("the adapter's tensor \"" + name
                            + "\" changes none of the weights that an adapter for " + base.architecture() + " can"));
            Pair pair = pairs.computeIfAbsent(ours, key -> new Pair());
            boolean first = match.group(2).equals("A");
            if ((first ? pair.a : pair.b) != null) throw Refused.because("the adapter changes " + ours + " twice");
            if (first) pair.a = source;
            else pair.b = source;
        }
        if (pairs.isEmpty()) throw Refused.because(WEIGHTS + " has no tensors");
        requireFit(pairs);
        return pairs;
    }

    private void requireFit(Map<String, Pair> pairs) {
        Map<String, List<Long>> shapes = new HashMap<>();
        base.tensors().forEach(tensor -> shapes.put(tensor.name(), tensor.dims()));
        pairs.forEach((ours, pair) -> {
            if (pair.a == null || pair.b == null) {
                throw Refused.because("of the adapter's pair for " + ours + " one matrix is missing");
            }
            List<Long> weight = shapes.get(ours);
            List<Long> a = pair.a.stored().shape();
            List<Long> b = pair.b.stored().shape();
            boolean fits = weight != null
                    && a.size() == 2
                    && b.size() == 2
                    && weight.equals(List.of(a.get(1), b.get(0)))
                    && a.get(0).equals(b.get(1))
                    && a.get(0) > 0;
            if (!fits) {
                throw Refused.because("the adapter does not fit the base model: its matrices " + a + " and " + b
                        + " for " + ours
                        + (weight == null ? ", which the base does not have" : ", which is " + weight.reversed()));
            }
            for (var source : List.of(pair.a, pair.b)) {
                if (!Numbers.readable(source.stored().dtype())) {
                    throw Refused.because("the adapter's tensors are of type "
                            + source.stored().dtype() + "; supported are BF16, F16, F32 and F64");
                }
            }
        });
    }

    /** In 32 bits: adapters are small, and llama.cpp's own converter does so. */
    private void add(Target target, Pair pair) {
        add(target.name() + ".lora_a", pair.a, RowOrder.SAME);
        add(target.name() + ".lora_b", pair.b, target.order());
    }

    private void add(String name, Weights.Source source, RowOrder order) {
        total += source.stored().elements() * Float.BYTES;
        writer.tensor(
                name,
                GgmlType.F32,
                source.stored().shape().reversed(),
                new TensorCopy(source, GgmlType.F32, order, 0, this::wrote));
    }

    private void wrote(long bytes) {
        done += bytes;
        told.at(done, total);
    }

    /** The architectures of base models, for people. */
    public static String supported() {
        return String.join(", ", new TreeSet<>(AdapterNames.SUPPORTED));
    }
}
