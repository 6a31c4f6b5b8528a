package dev.paddock.cli.modelfile;

import dev.paddock.cli.http.HttpRequest;
import dev.paddock.cli.server.Api;
import dev.paddock.cli.server.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Sends files to the server as blobs; those it has already are only hashed. */
public final class Upload {
    private static final int QUICK_MILLIS = 60_000;

    private final Api api;
    private final Progress progress;

    public Upload(Api api, Progress progress) {
        this.api = api;
        this.progress = progress;
    }

    /** Told how far a file has come. */
    @FunctionalInterface
    public interface Progress {
        /** @param what is being done, for a person; then bytes done and bytes in all */
        void at(String what, long done, long total);
    }

    /**
     * Makes sure that the server has the file.
     *
     * @return its digest, {@code sha256:...}
     */
    public String send(Path file) {
        try {
            String digest = digest(file);
            String path = "/api/blobs/" + digest;
            int status = api.status(HttpRequest.of("HEAD", path, QUICK_MILLIS));
            if (status == 404)
                api.send(new HttpRequest("POST", path, "application/octet-stream", body(file, digest), 0));
            else if (status != 200)
                throw new Failure("the server says " + status + " when asked for the blob " + digest);
            return digest;
        } catch (IOException e) {
            throw new Failure(file + " cannot be read: " + e.getMessage());
        }
    }

    private String digest(Path file) throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            read(file, "hashing " + file.getFileName(), sha::update);
            return "sha256:" + HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private HttpRequest.Body body(Path file, String digest) throws IOException {
        long length = Files.size(file);
        String what = "copying file " + digest;
        return new HttpRequest.Body() {
            @Override
            public long length() {
                return length;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                read(file, what, out::write);
            }
        };
    }

    @FunctionalInterface
    private interface Sink {
        void take(byte[] bytes, int offset, int length) throws IOException;
    }

    private void read(Path file, String what, Sink sink) throws IOException {
        long total = Files.size(file);
        long done = 0;
        byte[] buffer = new byte[1 << 18];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                sink.take(buffer, 0, count);
                done += count;
                progress.at(what, done, total);
            }
        }
    }
}
