package dev.paddock.runner.embed;

/** Arithmetic of vectors. */
final class VectorMath {
    private VectorMath() {}

    /** Makes the length (L2 norm) 1; a vector of zeros stays. */
    static float[] normalize(float[] vector) {
        double sum = 0;
        for (float number : vector) sum += (double) number * number;
        if (sum == 0) return vector;
        double factor = 1 / Math.sqrt(sum);
        for (int i = 0; i < vector.length; i++) vector[i] = (float) (vector[i] * factor);
        return vector;
    }

    /** Adds so many times another one. */
    static void add(float[] sum, float[] other, float times) {
        for (int i = 0; i < sum.length; i++) sum[i] += other[i] * times;
    }

    /** Whether all numbers are numbers. */
    static boolean finite(float[] vector) {
        for (float number : vector) {
            if (!Float.isFinite(number)) return false;
        }
        return true;
    }
}
