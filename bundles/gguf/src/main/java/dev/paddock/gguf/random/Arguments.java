package dev.paddock.gguf.random;

import java.nio.file.Path;

/** The command line of {@link RandomModel}. */
record Arguments(String size, String type, long seed, Path out) {
    static final String USAGE =
            "usage: RandomModel [--size tiny|0.1b|1b|8b|1b-128k] [--type q4_0|q8_0|f16] [--seed N] OUT.gguf";

    /** @throws IllegalArgumentException when the words make no sense; the message says which */
    static Arguments parse(String[] args) {
        String size = "1b";
        String type = "q4_0";
        long seed = 1;
        Path out = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--size" -> size = value(args, ++i);
                case "--type" -> type = value(args, ++i);
                case "--seed" -> seed = number(value(args, ++i));
                default -> {
                    if (args[i].startsWith("-") || out != null) {
                        throw new IllegalArgumentException("unexpected argument: " + args[i]);
                    }
                    out = Path.of(args[i]);
                }
            }
        }
        if (out == null) throw new IllegalArgumentException("the file to write is missing");
        Shape.of(size);
        Weights.type(type);
        return new Arguments(size, type, seed, out);
    }

    private static String value(String[] args, int at) {
        if (at >= args.length) throw new IllegalArgumentException(args[at - 1] + " needs a value");
        return args[at];
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--seed needs a whole number, not \"" + text + "\"", e);
        }
    }
}
