package dev.paddock.runner;

import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.protocol.Codec;
import dev.paddock.runner.protocol.LogLevel;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Touches what every start needs and ends: what an archive of classes is trained with. It needs no model, as that which
 * is there may be large.
 */
final class Warm {
    private static final String SUFFIX = ".class";

    private Warm() {}

    static void run(Options options) throws IOException, InterruptedException {
        Codec.decode(Codec.encode(new Message.Log(LogLevel.INFO, "warm")).position(Integer.BYTES));
        loadOwnClasses();
        if (options.has("libs")) {
            Natives.open(options.path("libs"));
            Natives.check(new NativeLog((level, line) -> System.err.println(line)));
            Natives.linkAhead().join();
        }
    }

    private static void loadOwnClasses() throws IOException {
        URL own = Warm.class.getProtectionDomain().getCodeSource().getLocation();
        if (!own.getPath().endsWith(".jar")) return;
        try (var jar = new JarFile(Path.of(URI.create(own.toString())).toFile())) {
            for (String entry : jar.stream().map(JarEntry::getName).toList()) {
                if (!entry.endsWith(SUFFIX)) continue;
                String name = entry.substring(0, entry.length() - SUFFIX.length());
                Class.forName(name.replace('/', '.'), false, Warm.class.getClassLoader());
            }
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
