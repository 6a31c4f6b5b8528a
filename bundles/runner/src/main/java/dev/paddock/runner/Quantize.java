package dev.paddock.runner;

import dev.paddock.runner.decode.Outlet;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.llama.Quantizer;
import dev.paddock.runner.protocol.Message;
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
            new Quantizer(log).quantize(order(in, out, options), (_, _, _) -> {});
            done = true;
        } finally {
            if (!done) Files.deleteIfExists(out);
        }
        System.out.println("{\"bytes\":" + Files.size(out) + "}");
    }

    private static Quantizer.Order order(Path in, Path out, Options options) {
        boolean requantize = options.has("requantize") && Boolean.parseBoolean(options.text("requantize"));
        return new Quantizer.Order(in, out, options.text("type"), requantize, options.number("threads", 0));
    }

    /** The same for a server, which keeps or removes the file itself. */
    static void run(Message.Quantize work, NativeLog log, Outlet outlet) throws IOException {
        Natives.open(Path.of(work.libraries().directory()), work.libraries().environment());
        Natives.check(log);
        var order = new Quantizer.Order(
                Path.of(work.source()), Path.of(work.target()), work.type(), work.requantize(), work.threads());
        new Quantizer(log).quantize(order, (number, count, tensor) -> {
            try {
                outlet.send(new Message.Packing(number, count, tensor));
            } catch (IOException e) {
                return; // the server is gone, and its listener ends this process
            }
        });
        outlet.send(new Message.Packed());
    }
}
