package dev.paddock.transfer;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Checks signatures as a registry does: with the public key that came along. */
final class Signatures {
    /** What stands before the 32 bytes of an Ed25519 key in X.509's form. */
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Signatures() {}

    static boolean verify(String publicKey, String signed, String signature) throws Exception {
        byte[] blob = Base64.getDecoder().decode(publicKey);
        byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + 32);
        System.arraycopy(blob, blob.length - 32, encoded, PREFIX.length, 32);
        Signature check = Signature.getInstance("Ed25519");
        check.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        check.update(signed.getBytes(StandardCharsets.UTF_8));
        return check.verify(Base64.getDecoder().decode(signature));
    }
}
