package dev.paddock.listeners;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A certificate, those that vouch for it, and its private key (RFC 7468: X.509 and PKCS #8).
 *
 * @param chain the server's own certificate first
 * @param key that belongs to the first
 */
record Pem(List<X509Certificate> chain, PrivateKey key) {
    /** Of the store in memory, which needs one. */
    static final String PASSWORD = "in-memory";

    private static final int LARGEST_FILE = 1 << 20;
    private static final Pattern BLOCK = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");

    /** @throws IOException saying which file cannot be used and why */
    static Pem read(Path certificate, Path key) throws IOException {
        List<X509Certificate> chain = chain(certificate);
        PrivateKey secret = key(key);
        try {
            if (!belong(chain.getFirst(), secret))
                throw new IOException(key + " is not the key of the certificate in " + certificate);
        } catch (GeneralSecurityException e) {
            throw new IOException(key + " is not the key of the certificate in " + certificate, e);
        }
        return new Pem(chain, secret);
    }

    /** When its certificate ends. */
    Instant until() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    KeyStore keyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
        return store;
    }

    private static List<X509Certificate> chain(Path file) throws IOException {
        try {
            List<X509Certificate> chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes(file)))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (chain.isEmpty()) throw new IOException(file + " holds no certificate (BEGIN CERTIFICATE)");
            return chain;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds no certificates in PEM form: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        var block = BLOCK.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
        while (block.find()) {
            String kind = block.group(1);
            if (kind.equals("PRIVATE KEY")) return key(file, block.group(2));
            if (kind.endsWith("PRIVATE KEY"))
                throw new IOException(
                        file + " holds a key of the form " + kind + "; write it as PRIVATE KEY: openssl pkcs8"
                                + " -topk8 -nocrypt -in " + file.getFileName() + " -out key.pem");
        }
        throw new IOException(file + " holds no private key (BEGIN PRIVATE KEY)");
    }

    private static PrivateKey key(Path file, String text) throws IOException {
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(text));
        for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException _) {
                // of another kind
            } catch (GeneralSecurityException e) {
                throw new IOException(e.getMessage(), e);
            }
        }
        throw new IOException(file + " holds no key of the kinds EC, RSA or Ed25519");
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "EdDSA";
                };
        byte[] sample = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(sample);
        return signature.verify(signed);
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.isReadable(file)) throw new IOException(file + " is not there or not readable");
        if (Files.size(file) > LARGEST_FILE) throw new IOException(file + " is larger than a certificate can be");
        return Files.readAllBytes(file);
    }
}
