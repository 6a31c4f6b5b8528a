package dev.paddock.modelfile.convert.arch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which published module is which of llama.cpp's. A module has a weight, and a bias where that is said. Names of layers
 * are those within a layer.
 */
final class Names {
    private final Pattern layer;
    private final Map<String, String> outside = new HashMap<>();
    private final Map<String, String> inside = new HashMap<>();
    private final Set<String> biases = new HashSet<>();
    private final Set<String> optional = new HashSet<>();

    /** @param layers what stands before a layer's number, for example {@code layers} */
    Names(String layers) {
        layer = Pattern.compile(Pattern.quote(layers) + "\\.(\\d{1,4})\\.(.+)");
    }

    /** A module outside of the layers. */
    Names outside(String theirs, String ours) {
        outside.put(theirs, ours);
        return this;
    }

    /** A module of each layer. */
    Names inside(String theirs, String ours) {
        inside.put(theirs, ours);
        return this;
    }

    /** Those of llama.cpp's modules that may have a bias. */
    Names biases(String... ours) {
        biases.addAll(List.of(ours));
        return this;
    }

    /** Those that need not be there. */
    Names optional(String... ours) {
        optional.addAll(List.of(ours));
        return this;
    }

    /** What llama.cpp calls a tensor of a model with so many layers; empty when it is none of these. */
    Optional<String> find(String tensor, int layers) {
        Matcher match = layer.matcher(tensor);
        if (!match.matches()) return named(tensor, outside, "");
        int number = Integer.parseInt(match.group(1));
        return number < layers ? named(match.group(2), inside, "blk." + number + ".") : Optional.empty();
    }

    private Optional<String> named(String tensor, Map<String, String> modules, String prefix) {
        int dot = tensor.lastIndexOf('.');
        if (dot < 0) return Optional.empty();
        String ours = modules.get(tensor.substring(0, dot));
        String part = tensor.substring(dot + 1);
        boolean known = ours != null && (part.equals("weight") || (part.equals("bias") && biases.contains(ours)));
        return known ? Optional.of(prefix + ours + "." + part) : Optional.empty();
    }

    /** Weights that a model of so many layers must have, by llama.cpp's names. */
    List<String> required(int layers) {
        List<String> names = new ArrayList<>();
        outside.values().stream().filter(name -> !optional.contains(name)).forEach(name -> names.add(name + ".weight"));
        for (int i = 0; i < layers; i++) {
            for (String name : inside.values()) {
                if (!optional.contains(name)) names.add("blk." + i + "." + name + ".weight");
            }
        }
        return names;
    }
}
