package dev.paddock.itest.clients;

import java.util.List;

/** Vectors as clients give them. */
final class Floats {
    private Floats() {}

    /** A list of numbers as an array. */
    static float[] of(List<? extends Number> numbers) {
        float[] array = new float[numbers.size()];
        for (int i = 0; i < array.length; i++) array[i] = numbers.get(i).floatValue();
        return array;
    }
}
