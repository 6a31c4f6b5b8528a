package dev.paddock.api.model;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest of some content.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TEXT = Pattern.compile("sha256[:-]([0-9a-fA-F]{64})");

    public Digest {
        if (!HEX.matcher(hex).matches()) throw new IllegalArgumentException("not 64 hexadecimal digits: " + hex);
    }

    /**
     * Reads {@code sha256:<hex>} or {@code sha256-<hex>}.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} for anything else
     */
    public static Digest parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) throw new PaddockException(Fault.INVALID_REQUEST, "invalid digest format");
        return new Digest(matcher.group(1).toLowerCase(Locale.ROOT));
    }

    /** The digest of some bytes. */
    public static Digest of(byte[] content) {
        return ofHash(sha256().digest(content));
    }

    /** A fresh SHA-256 computation; give its result to {@link #ofHash}. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The digest whose 32 bytes are given. */
    public static Digest ofHash(byte[] hash) {
        return new Digest(HexFormat.of().formatHex(hash));
    }

    /** The name of the blob file that holds the content: {@code sha256-<hex>}. */
    public String fileName() {
        return "sha256-" + hex;
    }

    /** {@code sha256:<hex>}. */
    @Override
    public String toString() {
        return "sha256:" + hex;
    }
}
