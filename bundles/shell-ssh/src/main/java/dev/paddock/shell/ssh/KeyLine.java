package dev.paddock.shell.ssh;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/**
 * A line of a file of authorized keys.
 *
 * @param key who holds its private half may in
 * @param name the line's comment, or the key's fingerprint where it has none
 */
record KeyLine(PublicKey key, String name) {
    private static final int MOST = 1_000;
    private static final int LONGEST_NAME = 80;
    private static final int SMALLEST_RSA = 2048;

    static {
        JdkEd25519.register();
    }

    /** Options of OpenSSH that take away what nobody gets here anyway. */
    private static final Set<String> HARMLESS =
            Set.of("no-agent-forwarding", "no-port-forwarding", "no-user-rc", "no-x11-forwarding", "restrict", "pty");

    /**
     * All lines that are keys. One that is damaged, or limited in a way that is not known here, opens nothing.
     *
     * @param complaints is told which line is of no use, and why
     */
    static List<KeyLine> all(String text, Consumer<String> complaints) {
        List<KeyLine> keys = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) continue;
            if (keys.size() == MOST) {
                complaints.accept("what follows line " + number + " is not read: there are " + MOST + " keys already");
                break;
            }
            try {
                keys.add(of(line.strip()));
            } catch (IllegalArgumentException e) {
                complaints.accept("line " + number + " opens nothing: " + e.getMessage());
            }
        }
        return List.copyOf(keys);
    }

    @SuppressWarnings("IllegalCatch") // a damaged line may end in any exception of the library
    private static KeyLine of(String line) {
        AuthorizedKeyEntry entry;
        PublicKey key;
        try {
            entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
            key = entry.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IllegalArgumentException("it is no public key in OpenSSH's form", e);
        }
        for (String option : entry.getLoginOptions().keySet())
            if (!HARMLESS.contains(option.toLowerCase(Locale.ROOT)))
                throw new IllegalArgumentException("the option " + option + " is not known here");
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SMALLEST_RSA)
            throw new IllegalArgumentException("an RSA key must have " + SMALLEST_RSA + " bits");
        return new KeyLine(key, name(entry, key));
    }

    private static String name(AuthorizedKeyEntry entry, PublicKey key) {
        String comment = entry.getComment();
        if (comment == null || comment.isBlank()) return KeyUtils.getFingerPrint(key);
        String plain = comment.strip().replaceAll("\\p{Cntrl}", "?");
        return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }
}
