package dev.paddock.gguf.random;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes damaged and hostile files of a sound one, knowing what each byte of its header means: for tests of what reads
 * such files. The same seed gives the same file.
 */
public final class Mutations {
    private final Anatomy sound;

    private Mutations(Anatomy sound) {
        this.sound = sound;
    }

    /**
     * Takes a file apart.
     *
     * @param file version 2 or 3, sound, with the alignment that is the default and without arrays in arrays
     */
    public static Mutations of(byte[] file) {
        return new Mutations(Anatomy.of(file));
    }

    /** A file that is broken in one to four places, as a rule: lengths, counts, types, places, or cut off. */
    public byte[] torn(long seed) {
        var random = new SplittableRandom(seed);
        Anatomy parts = sound.copy();
        int changes = random.nextInt(1, 5);
        int ofParts = random.nextInt(changes + 1);
        for (int i = 0; i < ofParts; i++) TornParts.change(parts, random);
        Anatomy.Whole whole = parts.whole();
        for (int i = ofParts; i < changes; i++) damage(whole, random);
        return random.nextInt(8) == 0 ? cut(whole, random) : whole.bytes();
    }

    /**
     * A file whose form is sound and whose content is not: values, names, arrays and tensors that are strange, missing,
     * or of another architecture.
     */
    public byte[] odd(long seed) {
        var random = new SplittableRandom(seed);
        Anatomy parts = sound.copy();
        var changes = new OddContent(parts, random);
        for (int i = random.nextInt(1, 4); i > 0; i--) changes.change();
        return parts.whole().bytes();
    }

    private static void damage(Anatomy.Whole whole, RandomGenerator random) {
        Anatomy.Field field = whole.fields().get(random.nextInt(whole.fields().size()));
        byte[] bytes = whole.bytes();
        if (field.kind() == Anatomy.Kind.TEXT || random.nextInt(6) == 0) {
            bytes[field.at() + random.nextInt(field.size())] ^= (byte) (1 << random.nextInt(8));
            return;
        }
        int size = Math.min(8, field.size());
        long old = Extremes.number(Arrays.copyOfRange(bytes, field.at(), field.at() + size));
        long fresh = field.kind() == Anatomy.Kind.TYPE ? random.nextInt(48) : Extremes.number(random, old);
        System.arraycopy(Extremes.low(fresh, size), 0, bytes, field.at(), size);
    }

    private static byte[] cut(Anatomy.Whole whole, RandomGenerator random) {
        int end = random.nextBoolean() ? whole.headerBytes() : whole.bytes().length;
        return Arrays.copyOf(whole.bytes(), random.nextInt(end));
    }

    /** A list with one element in another place, twice there, or missing. */
    static <T> void shuffle(List<T> list, RandomGenerator random) {
        if (list.isEmpty()) return;
        int at = random.nextInt(list.size());
        switch (random.nextInt(3)) {
            case 0 -> list.add(random.nextInt(list.size()), list.get(at));
            case 1 -> list.remove(at);
            default -> list.add(random.nextInt(list.size()), list.remove(at));
        }
    }

    static <T> List<T> changed(List<T> list, int at, T fresh) {
        List<T> copy = new ArrayList<>(list);
        copy.set(at, fresh);
        return copy;
    }
}
