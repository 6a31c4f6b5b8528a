package dev.paddock.transfer.auth;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * An Ed25519 key in the form of OpenSSH's key files (PROTOCOL.key), without a passphrase.
 *
 * @param seed 32 secret bytes
 * @param point the 32 bytes of the public key
 */
record KeyFile(byte[] seed, byte[] point) {
    private static final String BEGIN = "-----BEGIN OPENSSH PRIVATE KEY-----";
    private static final String END = "-----END OPENSSH PRIVATE KEY-----";
    private static final byte[] MAGIC = "openssh-key-v1\0".getBytes(StandardCharsets.US_ASCII);
    private static final String TYPE = "ssh-ed25519";
    private static final int KEY_BYTES = 32;
    private static final int MAX_FIELD = 16 << 10;
    private static final int BLOCK = 8;
    private static final int LINE = 70;

    static KeyFile generate() throws IOException {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            byte[] encoded = pair.getPublic().getEncoded();
            return new KeyFile(seed, Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no Ed25519", e);
        }
    }

    /** @throws IOException saying what is wrong with it, not what is in it */
    static KeyFile parse(byte[] file) throws IOException {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) throw new IOException("the key for registries is not in OpenSSH's form");
        byte[] content;
        try {
            content = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
        } catch (IllegalArgumentException e) {
            throw new IOException("the key for registries is broken", e);
        }
        try (var in = new DataInputStream(new ByteArrayInputStream(content))) {
            return read(in);
        }
    }

    private static KeyFile read(DataInputStream in) throws IOException {
        if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC))
            throw new IOException("the key for registries is broken");
        String cipher = string(in);
        if (!cipher.equals("none")) throw new IOException("the key for registries has a passphrase; it must have none");
        string(in);
        field(in);
        if (in.readInt() != 1) throw new IOException("the file of the key for registries must hold one key");
        field(in);
        try (var secret = new DataInputStream(new ByteArrayInputStream(field(in)))) {
            int check = secret.readInt();
            if (check != secret.readInt()) throw new IOException("the key for registries is broken");
            String type = string(secret);
            if (!type.equals(TYPE)) throw new IOException("the key for registries must be of type " + TYPE);
            byte[] point = field(secret);
            byte[] both = field(secret);
            boolean sound = point.length == KEY_BYTES
                    && both.length == 2 * KEY_BYTES
                    && Arrays.equals(point, 0, KEY_BYTES, both, KEY_BYTES, 2 * KEY_BYTES);
            if (!sound) throw new IOException("the key for registries is broken");
            return new KeyFile(Arrays.copyOf(both, KEY_BYTES), point);
        }
    }

    PrivateKey privateKey() throws GeneralSecurityException {
        var spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed);
        return KeyFactory.getInstance("Ed25519").generatePrivate(spec);
    }

    /** What stands behind the type in a line of {@code authorized_keys}. */
    String publicText() {
        return Base64.getEncoder().encodeToString(bytes(out -> {
            put(out, TYPE.getBytes(StandardCharsets.US_ASCII));
            put(out, point);
        }));
    }

    /** The file. */
    String privateText() {
        byte[] none = "none".getBytes(StandardCharsets.US_ASCII);
        byte[] content = bytes(out -> {
            out.write(MAGIC);
            put(out, none);
            put(out, none);
            put(out, new byte[0]);
            out.writeInt(1);
            put(out, Base64.getDecoder().decode(publicText()));
            put(out, secret());
        });
        String lines = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return BEGIN + "\n" + lines + "\n" + END + "\n";
    }

    private byte[] secret() {
        int check = new SecureRandom().nextInt();
        byte[] both = Arrays.copyOf(seed, 2 * KEY_BYTES);
        System.arraycopy(point, 0, both, KEY_BYTES, KEY_BYTES);
        byte[] content = bytes(out -> {
            out.writeInt(check);
            out.writeInt(check);
            put(out, TYPE.getBytes(StandardCharsets.US_ASCII));
            put(out, point);
            put(out, both);
            put(out, new byte[0]);
        });
        byte[] padded = Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK);
        for (int at = content.length; at < padded.length; at++) padded[at] = (byte) (at - content.length + 1);
        return padded;
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written", e);
        }
        return bytes.toByteArray();
    }

    private static void put(DataOutputStream out, byte[] field) throws IOException {
        out.writeInt(field.length);
        out.write(field);
    }

    private static byte[] field(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_FIELD) throw new IOException("the key for registries is broken");
        byte[] field = in.readNBytes(length);
        if (field.length != length) throw new IOException("the key for registries is broken");
        return field;
    }

    private static String string(DataInputStream in) throws IOException {
        return new String(field(in), StandardCharsets.US_ASCII);
    }
}
