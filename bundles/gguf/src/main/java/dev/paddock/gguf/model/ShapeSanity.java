package dev.paddock.gguf.model;

import dev.paddock.gguf.GgufFile;
import dev.paddock.gguf.model.ModelSanity.Fault;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The numbers that say how large a model is. llama.cpp divides by many of them and asserts the rest. */
final class ShapeSanity {
    private record Range(long least, long most) {}

    /** llama.cpp's {@code LLAMA_MAX_LAYERS}. */
    private static final int MOST_BLOCKS = 512;
    /** The least {@code LLAMA_MAX_EXPERTS} of the versions that we know; no model has as many. */
    private static final int MOST_EXPERTS = 512;
    /** A hundred times what any model was trained for. */
    private static final int MOST_CONTEXT = 1 << 30;
    /** Wider is no model, and a hundred of these multiplied are still a long. */
    private static final int MOST_WIDTH = 1 << 24;

    private static final int MOST_HEADS = 1 << 16;
    private static final int MOST_HEAD_WIDTH = 1 << 16;

    /** What every model says. */
    private static final Map<String, Range> REQUIRED = Map.of(
            "block_count", new Range(1, MOST_BLOCKS),
            "context_length", new Range(1, MOST_CONTEXT),
            "embedding_length", new Range(1, MOST_WIDTH));

    /** What a model may say, as one number or one of each block. */
    private static final Map<String, Range> OPTIONAL = Map.ofEntries(
            Map.entry("feed_forward_length", new Range(0, MOST_WIDTH)),
            Map.entry("expert_feed_forward_length", new Range(0, MOST_WIDTH)),
            Map.entry("embedding_length_out", new Range(0, MOST_WIDTH)),
            Map.entry("attention.head_count", new Range(0, MOST_HEADS)),
            Map.entry("attention.head_count_kv", new Range(0, MOST_HEADS)),
            Map.entry("attention.key_length", new Range(1, MOST_HEAD_WIDTH)),
            Map.entry("attention.value_length", new Range(1, MOST_HEAD_WIDTH)),
            Map.entry("attention.key_length_swa", new Range(1, MOST_HEAD_WIDTH)),
            Map.entry("attention.value_length_swa", new Range(1, MOST_HEAD_WIDTH)),
            Map.entry("attention.key_length_mla", new Range(0, MOST_HEAD_WIDTH)),
            Map.entry("attention.value_length_mla", new Range(0, MOST_HEAD_WIDTH)),
            Map.entry("attention.sliding_window", new Range(0, MOST_CONTEXT)),
            Map.entry("expert_count", new Range(0, MOST_EXPERTS)),
            Map.entry("expert_used_count", new Range(0, MOST_EXPERTS)),
            Map.entry("expert_group_count", new Range(0, MOST_EXPERTS)),
            Map.entry("expert_group_used_count", new Range(0, MOST_EXPERTS)),
            Map.entry("leading_dense_block_count", new Range(0, MOST_BLOCKS)),
            Map.entry("nextn_predict_layers", new Range(0, MOST_BLOCKS)),
            Map.entry("ssm.conv_kernel", new Range(0, MOST_HEAD_WIDTH)),
            Map.entry("ssm.inner_size", new Range(0, MOST_WIDTH)),
            Map.entry("ssm.state_size", new Range(0, MOST_WIDTH)),
            Map.entry("ssm.group_count", new Range(0, MOST_WIDTH)),
            Map.entry("wkv.head_size", new Range(1, MOST_HEAD_WIDTH)),
            Map.entry("shortconv.l_cache", new Range(2, MOST_HEAD_WIDTH)),
            Map.entry("interleave_moe_layer_step", new Range(1, MOST_BLOCKS)));

    /** Models without attention. */
    private static final Set<String> HEADLESS =
            Set.of("mamba", "mamba2", "rwkv6", "rwkv6qwen2", "rwkv7", "arwkv7", "wavtokenizer-dec");

    /** Models whose keys are as wide as their values; there are others. */
    private static final Set<String> SAME_WIDTHS = Set.of(
            "llama",
            "qwen2",
            "qwen3",
            "qwen2vl",
            "gemma",
            "gemma2",
            "gemma3",
            "phi2",
            "phi3",
            "bert",
            "nomic-bert",
            "jina-bert-v2",
            "jina-bert-v3",
            "neo-bert",
            "modern-bert",
            "gpt2",
            "gptneox",
            "starcoder",
            "starcoder2",
            "stablelm",
            "command-r",
            "cohere2",
            "olmo",
            "olmo2",
            "falcon",
            "mpt",
            "bloom",
            "internlm2",
            "granite",
            "smollm3");

    /** Models whose positions have several parts, told in sections. */
    private static final Set<String> SECTIONED =
            Set.of("qwen2vl", "qwen3vl", "qwen3vlmoe", "qwen35", "qwen35moe", "paddleocr");

    /** Models of whose layers some must look through a window when there is one. */
    private static final Set<String> WINDOWED =
            Set.of("gemma2", "gemma3", "gemma3n", "gemma4", "gemma-embedding", "olmo2", "cohere2", "exaone4");

    /** Those that llama.cpp reads; what it does not know ends it. */
    private static final Set<String> ROPE_SCALINGS = Set.of("none", "linear", "yarn", "longrope");

    private final GgufFile file;
    private final String architecture;

    ShapeSanity(GgufFile file) {
        this.file = file;
        this.architecture = file.architecture();
    }

    void check() throws Fault {
        for (var required : REQUIRED.entrySet()) {
            if (file.architectureInteger(required.getKey()).isEmpty()) {
                throw new Fault("tells no number under " + key(required.getKey()));
            }
            range(required.getKey(), required.getValue());
        }
        for (var optional : OPTIONAL.entrySet()) range(optional.getKey(), optional.getValue());
        floats();
        heads();
        experts();
        windows();
        rope();
        if (number("nextn_predict_layers") > number("block_count")) {
            throw new Fault("says more under " + key("nextn_predict_layers") + " than it has blocks");
        }
    }

    private String key(String suffix) {
        return architecture + "." + suffix;
    }

    private long number(String suffix) {
        return file.architectureInteger(suffix).orElse(0);
    }

    private void range(String suffix, Range range) throws Fault {
        Object value = file.metadata().get(key(suffix));
        List<?> values = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        for (Object one : values) {
            boolean number = one instanceof Long || one instanceof BigInteger;
            long plain = one instanceof Long n ? n : -1;
            if (number && (plain < range.least || plain > range.most)) {
                throw new Fault(
                        "says " + one + " under " + key(suffix) + "; allowed are " + range.least + " to " + range.most);
            }
        }
    }

    /** What is no number makes every answer none, and some of llama.cpp's code asserts that it is one. */
    private void floats() throws Fault {
        for (var entry : file.metadata().entrySet()) {
            if (!entry.getKey().startsWith(architecture + ".")) continue;
            List<?> values = entry.getValue() instanceof List<?> list ? list : List.of(entry.getValue());
            for (Object value : values) {
                if (value instanceof Double number && !sane(entry.getKey(), number)) {
                    throw new Fault("says " + number + " under " + entry.getKey());
                }
            }
        }
    }

    private static boolean sane(String key, double value) {
        if (!Double.isFinite(value)) return false;
        if (key.endsWith("_epsilon") || key.endsWith(".epsilon")) return value >= 0 && value <= 1;
        if (key.contains("rope.freq_base") || key.contains("rope.scal")) return value >= 0;
        return true;
    }

    private void heads() throws Fault {
        if (largest("attention.head_count") == 0) {
            if (HEADLESS.contains(architecture)) return;
            throw new Fault("tells no number of heads under " + key("attention.head_count"));
        }
        long keys = headWidth("attention.key_length");
        long values = headWidth("attention.value_length");
        if (SAME_WIDTHS.contains(architecture) && keys != values) {
            throw new Fault("has keys of " + keys + " numbers and values of " + values + "; in the architecture "
                    + architecture + " they are the same");
        }
    }

    private void experts() throws Fault {
        long all = number("expert_count");
        long used = largest("expert_used_count");
        long groups = number("expert_group_count");
        long usedGroups = number("expert_group_used_count");
        boolean sound = all == 0
                ? used == 0 && groups == 0
                : used >= 1 && used <= all && groups < all && (groups <= 1 || grouped(all, groups, usedGroups));
        if (!sound) {
            throw new Fault("has " + all + " experts, of which " + used + " are used, in " + groups
                    + " groups, of which " + usedGroups + " are used; that fits no model");
        }
        if (all == 0 && (architecture.endsWith("moe") || architecture.equals("smallthinker"))) {
            throw new Fault("has no experts, but models of the architecture " + architecture + " have");
        }
    }

    private static boolean grouped(long all, long groups, long used) {
        return all % groups == 0 && used >= 1 && used < groups;
    }

    private long largest(String suffix) {
        if (!(file.metadata().get(key(suffix)) instanceof List<?> list)) return number(suffix);
        return list.stream()
                .mapToLong(value -> value instanceof Long n ? n : 0)
                .max()
                .orElse(0);
    }

    /** A pattern of one says that each layer sees all, and then there is nothing to slide. */
    private void windows() throws Fault {
        if (!WINDOWED.contains(architecture) || number("attention.sliding_window") == 0) return;
        Object pattern = file.metadata().get(key("attention.sliding_window_pattern"));
        boolean none = pattern instanceof List<?> layers
                ? layers.stream().allMatch(layer -> layer.equals(false) || layer.equals(0L))
                : Long.valueOf(1).equals(pattern);
        if (none) throw new Fault("has a sliding window, but no layer that looks through it");
    }

    private void rope() throws Fault {
        String scaling = file.text(key("rope.scaling.type")).orElse("none");
        if (!ROPE_SCALINGS.contains(scaling))
            throw new Fault("scales positions in a way that is not known: " + scaling);
        if (largest("attention.head_count") > 0) {
            turned("rope.dimension_count", headWidth("attention.key_length"));
            turned("rope.dimension_count_swa", headWidth("attention.key_length_swa"));
        }
        sections();
    }

    private long headWidth(String suffix) {
        OptionalLong told = file.architectureInteger(suffix);
        if (told.isPresent()) return told.getAsLong();
        if (suffix.endsWith("_swa")) return headWidth(suffix.substring(0, suffix.length() - "_swa".length()));
        return number("embedding_length") / largest("attention.head_count");
    }

    /** How many numbers of a head are turned by their position: pairs, and not more than there are. */
    private void turned(String suffix, long width) throws Fault {
        OptionalLong value = file.architectureInteger(suffix);
        if (value.isEmpty()) return;
        if (value.getAsLong() < 2 || value.getAsLong() % 2 != 0 || value.getAsLong() > Math.max(width, 2)) {
            throw new Fault("says " + value.getAsLong() + " under " + key(suffix)
                    + "; that must be an even number up to the width of a head, " + width);
        }
    }

    private void sections() throws Fault {
        if (!(file.metadata().get(key("rope.dimension_sections")) instanceof List<?> sections)) {
            if (!SECTIONED.contains(architecture)) return;
            throw new Fault("tells nothing under " + key("rope.dimension_sections"));
        }
        long sum = 0;
        for (Object section : sections) {
            long one = section instanceof Long n ? n : -1;
            if (one < 0 || one > MOST_HEAD_WIDTH)
                throw new Fault("says " + section + " under " + key("rope.dimension_sections"));
            sum += one;
        }
        if (sum == 0) throw new Fault("says nothing but 0 under " + key("rope.dimension_sections"));
    }
}
