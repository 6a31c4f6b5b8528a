package dev.paddock.transfer;

import dev.paddock.transfer.net.Body;
import dev.paddock.transfer.net.RateLimit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes of a file on their way out; counts them, and computes what registries of Ollama's kind want to see of each part. */
final class FileBody implements Body {
    private static final int BUFFER_BYTES = 256 << 10;

    private final Path file;
    private final long from;
    private final long to;
    private final RateLimit rate;
    private final AtomicLong sent;
    private long counted;
    private byte[] md5 = {};

    /** @param sent is raised by what goes out, and lowered when it goes out again */
    FileBody(Path file, long from, long to, RateLimit rate, AtomicLong sent) {
        this.file = file;
        this.from = from;
        this.to = to;
        this.rate = rate;
        this.sent = sent;
    }

    @Override
    public long length() {
        return to - from;
    }

    /** Of what was written last, to its end. */
    byte[] md5() {
        return md5;
    }

    /** Nothing of it arrived. */
    void forget() {
        sent.addAndGet(-counted);
        counted = 0;
    }

    @Override
    public void write(OutputStream out, Runnable excuse) throws IOException {
        forget();
        MessageDigest hash = newMd5();
        var buffer = ByteBuffer.allocate(BUFFER_BYTES);
        try (var content = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = from; at < to; ) {
                int count = content.read(buffer.clear().limit((int) Math.min(BUFFER_BYTES, to - at)), at);
                if (count < 0) throw new IOException("the blob became shorter");
                hash.update(buffer.array(), 0, count);
                await(count, excuse);
                out.write(buffer.array(), 0, count);
                at += count;
                counted += count;
                sent.addAndGet(count);
            }
        }
        md5 = hash.digest();
    }

    private void await(int count, Runnable excuse) throws InterruptedIOException {
        if (!rate.limited()) return;
        try {
            rate.take(count);
            excuse.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    /** Not for security: it is how object stores name what they got. */
    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
