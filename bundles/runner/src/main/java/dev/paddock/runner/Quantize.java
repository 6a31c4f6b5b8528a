package dev.paddock.runner;

import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.llama.Quantizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Packs the weights of a model file anew, in a process of its own, as native code may end it. */
final class Quantize {
    private Quantize() {}

    /** A file that could not be finished is removed. What llama.cpp says goes to standard error. */
    static void run(Options options) throws IOException {
        Path in = options.path("in");
        Path out = options.path("out");
        if (Files.exists(out) && Files.isSameFile(in, out)) {
            throw new IllegalArgumentException("--in and --out name the same file " + in);
        }
        NativeLog log = new NativeLog((level, line) -> System.err.println(line));
        Natives.open(options.path("libs"));
        Natives.check(log);
        boolean done = false;
        try {
            new Quantizer(log).quantize(in, out, options.text("type"), options.number("threads", 0));
            done = true;
        } finally {
            if (!done) Files.deleteIfExists(out);
        }
        System.out.println("{\"bytes\":" + Files.size(out) + "}");
    }
}
