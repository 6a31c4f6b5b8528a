package dev.paddock.console;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Hashes of passwords, as {@code pbkdf2-sha256$ROUNDS$SALT$HASH}: slow to compute, so slow to guess from. */
final class PasswordHash {
    private static final String NAME = "pbkdf2-sha256";
    private static final int ROUNDS = 210_000;
    /** More than anybody needs; a file that asks for more is not followed. */
    private static final int MOST_ROUNDS = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int BITS = 256;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] PROCESS_KEY = random(BITS / 8);

    private PasswordHash() {}

    /** A hash with a salt of its own. */
    static String of(String password) {
        byte[] salt = random(SALT_BYTES);
        return NAME + "$" + ROUNDS + "$" + text(salt) + "$" + text(derive(password, salt, ROUNDS));
    }

    /** Whether it is the hash of this password; what is no hash is of none. */
    static boolean matches(String hash, String password) {
        String[] parts = hash.split("\\$", -1);
        if (parts.length != 4 || !parts[0].equals(NAME)) return false;
        try {
            int rounds = Integer.parseInt(parts[1]);
            if (rounds < 1 || rounds > MOST_ROUNDS) return false;
            byte[] expected = Base64.getDecoder().decode(parts[3]);
            return MessageDigest.isEqual(
                    expected, derive(password, Base64.getDecoder().decode(parts[2]), rounds));
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    /** By this a text is known again in this run of the server, and by nobody outside. */
    static byte[] mark(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(PROCESS_KEY, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static byte[] derive(String password, byte[] salt, int rounds) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, rounds, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no hash can be made of this password", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] random(int bytes) {
        byte[] made = new byte[bytes];
        RANDOM.nextBytes(made);
        return made;
    }

    private static String text(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
