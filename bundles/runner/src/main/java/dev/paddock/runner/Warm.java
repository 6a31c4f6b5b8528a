package dev.paddock.runner;

import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.protocol.Codec;
import dev.paddock.runner.protocol.LogLevel;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;

/** Touches what every start needs and ends: what an archive of classes is trained with, when there is no model yet. */
final class Warm {
    private Warm() {}

    static void run(Options options) throws IOException {
        Codec.decode(Codec.encode(new Message.Log(LogLevel.INFO, "warm")).position(Integer.BYTES));
        if (options.has("libs")) {
            Natives.open(options.path("libs"), new NativeLog((level, line) -> System.err.println(line)));
        }
    }
}
