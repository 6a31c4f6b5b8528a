package dev.paddock.runner;

import java.util.ArrayList;
import java.util.List;

/** Which numbers of layers are asked for. */
final class FitTable {
    private FitTable() {}

    /**
     * The numbers, each once, in the order asked.
     *
     * @param asked layers on the devices; -1 = all, three quarters, half and a quarter of them; more than all = all
     * @param all how many the model has, the output layer counted
     */
    static List<Integer> layers(int[] asked, int all) {
        List<Integer> rows = new ArrayList<>();
        for (int one : asked) {
            if (one >= 0) {
                add(rows, Math.min(one, all));
            } else {
                for (int quarters = 4; quarters > 0; quarters--) add(rows, Math.ceilDiv(all * quarters, 4));
            }
        }
        return rows;
    }

    private static void add(List<Integer> rows, int layers) {
        if (!rows.contains(layers)) rows.add(layers);
    }
}
