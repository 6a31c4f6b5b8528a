package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;

/**
 * The file that describes a service. One that somebody else wrote is left alone.
 *
 * @param path where it lies
 * @param name what users are told
 */
record ServiceFile(Path path, String name) {
    private static final String MARK = "Written by `paddock service install`";
    private static final int LARGEST = 1 << 16;

    boolean exists() {
        return Files.exists(path);
    }

    void write(String text, Consumer<String> say) {
        if (exists()) refuseForeign();
        try {
            Files.createDirectories(path.getParent());
            Path part = Files.writeString(path.resolveSibling(path.getFileName() + ".part"), text);
            Files.move(part, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Failure(name + " cannot be written: " + e.getMessage());
        }
        say.accept("wrote " + name);
    }

    void remove(Consumer<String> say) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new Failure(name + " cannot be removed: " + e.getMessage());
        }
        say.accept("removed " + name);
    }

    void refuseForeign() {
        try (var in = Files.newInputStream(path)) {
            String text = new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
            if (text.contains(MARK)) return;
        } catch (IOException e) {
            throw new Failure(name + " cannot be read: " + e.getMessage());
        }
        throw new Failure(name + " was not written by this command (a package's, or your own?); remove it first");
    }
}
