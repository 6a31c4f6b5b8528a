package dev.paddock.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first password: made up at the first start, told once at a terminal and kept in a file for the owner's eyes. It opens
 * the web console until another is chosen there, and shows the commands of {@code paddock} to be the owner's. Felix's
 * console gets a salted hash, and does not use it: the bundle {@code console} decides who comes in.
 */
final class ConsolePassword {
    private static final Logger LOG = LoggerFactory.getLogger(ConsolePassword.class);
    private static final int RANDOM_BYTES = 18;
    private static final int ROUNDS = 1000;

    private ConsolePassword() {}

    /** The hash, as {@code {sha-256}SALT-ROUNDS-BASE64}. */
    static String hash(Path file) throws IOException {
        if (!Files.exists(file)) create(file);
        return hash(Files.readString(file).strip(), random());
    }

    static String hash(String password, String salt) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            byte[] bytes = (salt + password).getBytes(StandardCharsets.UTF_8);
            for (int round = 0; round < ROUNDS; round++) bytes = digest.digest(bytes);
            return "{sha-256}" + salt + "-" + ROUNDS + "-" + Base64.getEncoder().encodeToString(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private static void create(Path file) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Files.createFile(file, ownerOnly);
        String password = random();
        Files.writeString(file, password + "\n", StandardOpenOption.TRUNCATE_EXISTING);
        LOG.info("the web console (/system/console) opens to user admin with the password in {}", file);
        tellOnce(password);
    }

    /** To the person at the terminal; a log, which others read and keep, gets the file's name only. */
    private static void tellOnce(String password) {
        var console = System.console();
        if (console != null && console.isTerminal())
            console.printf("The web console's password, told this once: %s%n", password);
    }

    /** Letters and digits only: a dash would end the salt. */
    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes).replaceAll("[^A-Za-z0-9]", "x");
    }
}
