package dev.paddock.shell.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;

/** The key by which visitors know this server: in a file of OpenSSH's form, for its owner's eyes. */
final class HostKey {
    private static final int LARGEST_FILE = 64 << 10;
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rwx------");
    private static final Set<StandardOpenOption> NEW =
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    static {
        JdkEd25519.register();
    }

    private HostKey() {}

    /**
     * The key in this file, which is made when it is not there.
     *
     * @throws IOException saying what is wrong with the file
     */
    static KeyPair at(Path file) throws IOException {
        try {
            if (Files.notExists(file)) make(file);
            if (!OWNERS.containsAll(Files.getPosixFilePermissions(file)))
                throw new IOException("the host key " + file + " is open to others; `chmod 600` it");
            return read(file);
        } catch (FileSystemException | GeneralSecurityException e) {
            throw new IOException("the host key " + file + " cannot be made or read: " + e, e);
        }
    }

    /** On disk as a whole, or not at all; nobody else can read it at any moment. */
    private static void make(Path file) throws IOException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance(SecurityUtils.ED25519).generateKeyPair();
        Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(OWNERS));
        Path aside = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(aside, NEW, owner)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(
                    pair, "paddock", null, Channels.newOutputStream(channel));
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static KeyPair read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_FILE) throw new IOException(file + " is larger than a key can be");
        return parsed(file, Files.readAllBytes(file))
                .orElseThrow(() -> new IOException(file
                        + " holds no private key without a password that can be used; remove it, and another one is"
                        + " made"));
    }

    @SuppressWarnings("IllegalCatch") // a damaged file may end in any exception of the library
    private static Optional<KeyPair> parsed(Path file, byte[] bytes) {
        try {
            var pairs = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), new ByteArrayInputStream(bytes), null);
            return pairs == null
                    ? Optional.empty()
                    : Optional.of(pairs.iterator().next());
        } catch (IOException | GeneralSecurityException | RuntimeException _) {
            return Optional.empty();
        }
    }
}
