package dev.paddock.modelfile.convert.arch;

import dev.paddock.modelfile.convert.RowOrder;

/**
 * What becomes of a published tensor.
 *
 * @param name what llama.cpp calls it; empty when it is left out
 * @param order of its rows
 * @param shift added to each number
 */
public record Target(String name, RowOrder order, float shift) {
    /** Left out: nothing is computed from it. */
    public static final Target NONE = new Target("", RowOrder.SAME, 0);

    /** A tensor that goes as it is. */
    static Target same(String name) {
        return new Target(name, RowOrder.SAME, 0);
    }

    /** Whether it is left out. */
    public boolean leftOut() {
        return name.isEmpty();
    }
}
