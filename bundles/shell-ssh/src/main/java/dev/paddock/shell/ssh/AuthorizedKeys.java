package dev.paddock.shell.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may in: the keys of a file, under whatever user name. The file is looked at whenever somebody knocks, and read when
 * it changed; while it cannot be read, nobody gets in. Safe for many threads.
 */
final class AuthorizedKeys implements PublickeyAuthenticator {
    /** What a visitor is called in the log. */
    static final AttributeKey<String> NAME = new AttributeKey<>();

    private static final Logger LOG = LoggerFactory.getLogger(AuthorizedKeys.class);
    private static final int LARGEST_FILE = 1 << 20;
    private static final int MOST_COMPLAINTS = 10;
    private static final Version UNKNOWN = new Version(FileTime.fromMillis(0), -1, Set.of(), Set.of());

    private final Path file;
    private Optional<Version> seen = Optional.empty();
    private List<KeyLine> keys = List.of();

    /** Rights belong to it: a file that was refused for them counts once they are right. */
    private record Version(FileTime time, long size, Set<PosixFilePermission> rights, Set<PosixFilePermission> above) {
        static Version of(Path file) throws IOException {
            return new Version(
                    Files.getLastModifiedTime(file),
                    Files.size(file),
                    Files.getPosixFilePermissions(file),
                    Files.getPosixFilePermissions(file.toAbsolutePath().getParent()));
        }
    }

    /** Reads the file, and says when nobody gets in. */
    AuthorizedKeys(Path file) {
        this.file = file;
        look(true);
    }

    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        for (KeyLine line : current()) {
            if (!KeyUtils.compareKeys(line.key(), key)) continue;
            session.setAttribute(NAME, line.name());
            return true;
        }
        LOG.info("{} from {} is not in {}", KeyUtils.getFingerPrint(key), Crowd.address(session), file);
        return false;
    }

    /** The keys that open the door now. */
    synchronized List<KeyLine> current() {
        look(false);
        return keys;
    }

    private synchronized void look(boolean first) {
        Optional<Version> now = version();
        if (now.equals(seen) && !first) return;
        seen = now;
        try {
            keys = now.isEmpty() ? List.of() : read();
            if (keys.isEmpty())
                LOG.warn(
                        "nobody gets into the shell over SSH: {} {}; a line of it is a public key as in"
                                + " ~/.ssh/id_ed25519.pub",
                        file,
                        now.isEmpty() ? "is not there" : "holds no key");
            else LOG.info("{} keys open the shell over SSH ({})", keys.size(), file);
        } catch (IOException e) {
            keys = List.of();
            LOG.warn("nobody gets into the shell over SSH: {}", e.getMessage());
        }
    }

    private Optional<Version> version() {
        try {
            return Optional.of(Version.of(file));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException _) {
            return Optional.of(UNKNOWN); // read() says what is wrong
        }
    }

    private List<KeyLine> read() throws IOException {
        try {
            requireOwners(file);
            requireOwners(file.toAbsolutePath().getParent());
            if (Files.size(file) > LARGEST_FILE) throw new IOException(file + " is larger than 1 MiB");
            List<String> complaints = new ArrayList<>();
            var lines = KeyLine.all(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), complaints::add);
            complaints.stream().limit(MOST_COMPLAINTS).forEach(c -> LOG.warn("{}: {}", file, c));
            int more = complaints.size() - MOST_COMPLAINTS;
            if (more > 0) LOG.warn("{}: {} more lines open nothing", file, more);
            return lines;
        } catch (IOException e) {
            boolean told = e.getMessage() != null && e.getMessage().startsWith(file.toString() + " ");
            throw told ? e : new IOException(file + " cannot be read: " + e, e);
        }
    }

    /** Whoever may write there may let himself in. */
    private void requireOwners(Path place) throws IOException {
        var allowed = Files.getPosixFilePermissions(place);
        if (allowed.contains(PosixFilePermission.GROUP_WRITE) || allowed.contains(PosixFilePermission.OTHERS_WRITE))
            throw new IOException(file + " can be changed by others; `chmod go-w " + place + "`");
    }
}
