package dev.paddock.runner;

import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.Natives;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The process's entry. {@code Main <socket>} serves the server that listens there; the other forms are for measuring
 * and for training the JVM's class archive.
 */
public final class Main {
    /** Name and version that a runner gives itself in its hello. */
    static final String SOFTWARE = "paddock-runner 0.1";

    private static final String USAGE = """
        usage: Main SOCKET                                        serve the parent that listens on SOCKET
               Main warm [--libs DIR]                             touch what a start needs, and end
               Main raw --libs DIR --backend FILE[,FILE...] --model FILE
                        --prompt-tokens N --predict N --streams S --threads T --runs R
                                                                  a plain decode loop, speeds as JSON
               Main complete --libs DIR --backend FILE[,FILE...] --model FILE
                        --prompt-file FILE --predict N            the greedy text of a plain decode
               Main inspect --libs DIR --backend FILE[,FILE...] --model FILE
                        [--texts FILE] [--tokens N,N... [--adapter FILE]] [--context N]
                                                                  tokens of texts, logits after tokens, as JSON
               Main quantize --libs DIR --in FILE --out FILE --type q4_k_m|... [--threads T]   pack a model's weights
        """;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 0) {
            System.err.print(USAGE);
            System.exit(2);
        }
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            switch (arguments[0]) {
                case "warm" -> Warm.run(new Options(rest));
                case "raw" -> RawSpeed.measure(new Options(rest));
                case "complete" -> PlainDecode.complete(new Options(rest));
                case "inspect" -> Inspect.run(new Options(rest));
                case "quantize" -> Quantize.run(new Options(rest));
                default -> serve(Path.of(arguments[0]));
            }
        } catch (LlamaException | IOException | IllegalArgumentException e) {
            System.err.println("runner: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void serve(Path socket) throws IOException, InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler(Main::die);
        // Ctrl-C reaches all processes of a terminal: when this one ends is for the server to say.
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        Natives.prepare();
        int exitCode = new Service(socket).run();
        // Not exit: threads in native code and daemon threads need no farewell, and the parent waits.
        Runtime.getRuntime().halt(exitCode);
    }

    /** A thread that dies of a bug leaves a runner that looks alive: better none at all. The parent keeps the words. */
    private static void die(Thread thread, Throwable cause) {
        System.err.println("runner: thread " + thread.getName() + " died: " + cause);
        Runtime.getRuntime().halt(3);
    }
}
