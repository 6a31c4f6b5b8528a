package dev.paddock.listeners;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A certificate and its key as files, read again when one of them changes. What cannot be used changes nothing. */
final class TlsFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsFiles.class);
    private static final long SHORTEST_MS = 100;

    private final Path certificate;
    private final Path key;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("paddock-certificate").factory());
    private List<FileTime> seen;

    /** @throws IOException when the files cannot be used now */
    TlsFiles(Path certificate, Path key, Duration interval) throws IOException {
        this.certificate = certificate;
        this.key = key;
        use(factory, Pem.read(certificate, key));
        this.seen = times();
        long millis = Math.max(SHORTEST_MS, interval.toMillis());
        clock.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** What Jetty makes its connections with; follows the files. */
    SslContextFactory.Server factory() {
        return factory;
    }

    private List<FileTime> times() throws IOException {
        return List.of(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
    }

    private static void use(SslContextFactory.Server factory, Pem pem) throws IOException {
        try {
            factory.setKeyStore(pem.keyStore());
            factory.setKeyStorePassword(Pem.PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @SuppressWarnings("IllegalCatch") // whatever a file holds, the next look must come
    private void look() {
        try {
            List<FileTime> now = times();
            if (now.equals(seen)) return;
            seen = now;
            Pem pem = Pem.read(certificate, key);
            factory.reload(f -> {
                try {
                    use(factory, pem);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            LOG.info("{} is used from now on, valid until {}", certificate, pem.until());
        } catch (Exception e) {
            LOG.error("the new certificate is not used, the old one goes on: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
