package dev.paddock.modelfile.convert.arch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shapes that a model's settings ask for, so that what does not fit is refused before it is written. */
final class Shapes {
    /** As many rows as the model has tokens, whatever their number is. */
    static final long ANY = -1;

    private final Map<String, List<Long>> modules = new HashMap<>();

    /** A matrix, by llama.cpp's name of its module; a bias of it has as many numbers as it has rows. */
    Shapes matrix(String module, long rows, long columns) {
        modules.put(module, List.of(rows, columns));
        return this;
    }

    /** Vectors of one length. */
    Shapes vectors(long length, String... names) {
        for (String name : names) modules.put(name, List.of(length));
        return this;
    }

    /** What a tensor, by llama.cpp's name, should be; null when anything goes. */
    private List<Long> of(String ours) {
        int end = ours.lastIndexOf('.');
        List<Long> weight = modules.get(ours.substring(ours.lastIndexOf('.', end - 1) + 1, end));
        boolean bias = ours.endsWith(".bias");
        return weight != null && bias ? weight.subList(0, 1) : weight;
    }

    /** Whether a tensor has the shape that it should have. */
    boolean fits(String ours, List<Long> shape) {
        List<Long> wanted = of(ours);
        if (wanted == null) return true;
        boolean fits = wanted.size() == shape.size();
        for (int i = 0; fits && i < shape.size(); i++) {
            fits = wanted.get(i) == ANY || wanted.get(i).equals(shape.get(i));
        }
        return fits;
    }

    /** The shape in words. */
    String words(String ours) {
        return of(ours).toString().replace("-1", "any");
    }
}
