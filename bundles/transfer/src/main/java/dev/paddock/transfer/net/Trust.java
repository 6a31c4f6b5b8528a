package dev.paddock.transfer.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whose certificates are believed: those that Java knows, and those of a file. */
public final class Trust {
    private static final int MAX_BYTES = 4 << 20;

    private Trust() {}

    /**
     * TLS as it is needed.
     *
     * @param extra a PEM file with more certificates of authorities
     * @throws IllegalArgumentException when the file cannot be read as that
     */
    public static SSLContext context(Optional<Path> extra) {
        try {
            if (extra.isEmpty()) return SSLContext.getDefault();
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (X509Certificate known : known()) all.setCertificateEntry("java" + number++, known);
            for (Certificate more : read(extra.get())) all.setCertificateEntry("file" + number++, more);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers(all).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "ca.file: " + extra.orElse(null) + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static X509Certificate[] known() throws GeneralSecurityException {
        for (var manager : managers(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) return x509.getAcceptedIssuers();
        }
        return new X509Certificate[0];
    }

    private static TrustManagerFactory managers(KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    private static Collection<? extends Certificate> read(Path file) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(MAX_BYTES);
            var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
            if (found.isEmpty()) throw new IOException("there is no certificate in it");
            return found;
        }
    }
}
