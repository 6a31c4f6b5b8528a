package dev.paddock.testkit;

/** Vectors by the letters of a text: the same letters, the same vector. */
final class FakeVector {
    static final int LENGTH = 8;

    private FakeVector() {}

    /** How often tokens fall into each of the classes modulo the length; L2 norm 1. */
    static float[] of(int[] tokens) {
        float[] vector = new float[LENGTH];
        for (int token : tokens) vector[token % LENGTH]++;
        double squares = 0;
        for (float value : vector) squares += value * value;
        for (int i = 0; i < LENGTH; i++) vector[i] /= (float) Math.sqrt(squares);
        return vector;
    }
}
