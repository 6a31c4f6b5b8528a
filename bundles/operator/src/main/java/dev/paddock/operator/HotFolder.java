package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory whose jars are the server's bundles: what is put there is installed at once, what goes from there is
 * uninstalled. Files whose names begin with a dot are not looked at.
 */
final class HotFolder {
    private static final Logger LOG = LoggerFactory.getLogger(HotFolder.class);
    private static final int BUFFER = 1 << 16;

    private final Path directory;

    /** @param directory may not be there: then there are no jars */
    HotFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * Puts a backend there, in the place of one of the same version if there is one. It lies there whole or not at all.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when it is no backend, {@link Fault#STORE_FAILED} when
     *     it could not be written; whatever the stream throws
     */
    Jar put(InputStream content) throws IOException {
        Path coming = directory.resolve("." + UUID.randomUUID() + ".part");
        try {
            write(content, coming);
            Jar jar = Jar.read(coming);
            Path place = backends().stream()
                    .filter(there -> there.symbolicName().equals(jar.symbolicName()) && there.is(jar.version()))
                    .map(Jar::file)
                    .findFirst()
                    .orElse(directory.resolve(jar.fileName()));
            Files.move(coming, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Jar(place, jar.symbolicName(), jar.version());
        } finally {
            Files.deleteIfExists(coming);
        }
    }

    private void write(InputStream content, Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed("nothing can be written to " + directory, e);
        }
        try (channel;
                var out = Channels.newOutputStream(channel)) {
            byte[] buffer = new byte[BUFFER];
            for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) put(out, buffer, got);
            channel.force(true);
        }
    }

    private void put(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw failed("the file could not be written to " + directory, e);
        }
    }

    /** The backends that lie there; what cannot be read is none. */
    List<Jar> backends() {
        List<Jar> found = new ArrayList<>();
        try (var files = Files.newDirectoryStream(directory, "[!.]*.jar")) {
            for (Path file : files) {
                try {
                    found.add(Jar.read(file));
                } catch (PaddockException e) {
                    LOG.debug("{}: {}", file, e.getMessage());
                }
            }
        } catch (IOException e) {
            LOG.debug("{} cannot be read", directory, e);
        }
        return found;
    }

    /** @throws PaddockException with {@link Fault#STORE_FAILED} */
    void remove(Jar jar) {
        try {
            Files.delete(jar.file());
        } catch (IOException e) {
            throw failed(jar.file() + " could not be deleted", e);
        }
    }

    private static PaddockException failed(String what, IOException cause) {
        return new PaddockException(Fault.STORE_FAILED, what + ": " + cause.getMessage(), cause);
    }
}
