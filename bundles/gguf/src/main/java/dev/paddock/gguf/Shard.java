package dev.paddock.gguf;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a split model a file is.
 *
 * @param number counted from 0
 * @param count of all parts; at least 2
 */
public record Shard(int number, int count) {
    /** llama.cpp's names of parts: {@code <name>-00001-of-00003.gguf}. */
    private static final Pattern NAME = Pattern.compile("(.+)-(\\d{5})-of-(\\d{5})\\.gguf");

    static final String NUMBER_KEY = "split.no";
    static final String COUNT_KEY = "split.count";
    static final String TENSORS_KEY = "split.tensors.count";

    /** What the name of a file says of it; {@code stem} is what all its parts share. */
    public record Name(String stem, Shard shard) {
        /** The name of another part of the same model. */
        public String sibling(int number) {
            return "%s-%05d-of-%05d.gguf".formatted(stem, number + 1, shard.count());
        }
    }

    /** Reads a file name; empty when it is not that of a part. */
    public static Optional<Name> named(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        if (!matcher.matches()) return Optional.empty();
        int number = Integer.parseInt(matcher.group(2)) - 1;
        int count = Integer.parseInt(matcher.group(3));
        return count > 1 && number >= 0 && number < count
                ? Optional.of(new Name(matcher.group(1), new Shard(number, count)))
                : Optional.empty();
    }

    /**
     * What a header says; empty when the file is whole.
     *
     * @throws GgufException when it says to be a part that cannot be
     */
    public static Optional<Shard> of(GgufFile header) throws GgufException {
        long count = header.integer(COUNT_KEY).orElse(1);
        if (count == 0 || count == 1) return Optional.empty();
        long number = header.integer(NUMBER_KEY).orElse(-1);
        if (count < 0 || count > 99_999 || number < 0 || number >= count) {
            throw new GgufException("it calls itself part " + number + " (counted from 0) of " + count, 0);
        }
        return Optional.of(new Shard((int) number, (int) count));
    }
}
