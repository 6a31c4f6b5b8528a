package dev.paddock.scheduler;

/** Order of versions like {@code 1.2.0} and {@code 1.10.0.202601}: number by number, words by their letters. */
final class Versions {
    private Versions() {}

    static int compare(String one, String other) {
        String[] left = one.split("[.]", -1);
        String[] right = other.split("[.]", -1);
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            int order = part(i < left.length ? left[i] : "0", i < right.length ? right[i] : "0");
            if (order != 0) return order;
        }
        return 0;
    }

    private static int part(String left, String right) {
        boolean numbers = left.matches("[0-9]{1,18}") && right.matches("[0-9]{1,18}");
        return numbers ? Long.compare(Long.parseLong(left), Long.parseLong(right)) : left.compareTo(right);
    }
}
