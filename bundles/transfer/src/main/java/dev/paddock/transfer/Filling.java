package dev.paddock.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.store.PartialBlob;
import dev.paddock.api.store.PartialBlob.Span;
import dev.paddock.transfer.net.Reply;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;

/** Fills the gaps of a blob: many at once, or all in one go where a registry cannot do better. */
final class Filling {
    private static final int BUFFER_BYTES = 256 << 10;
    private static final long MOMENT_NANOS = 50_000_000;
    private static final int INERTIA_LOOKS = 8;
    private static final long FAST_BYTES_PER_SECOND = 200_000_000;
    /** Who got that far has earned all tries again. */
    private static final long PROGRESS_BYTES = 1 << 20;

    private final PartialBlob partial;
    private final Lines lines;
    private final Runnable told;
    private final AtomicLong received = new AtomicLong();
    private long lookedAt;
    private long lookedBytes;
    private double pace = -1;

    /** @param told is called after something came */
    Filling(PartialBlob partial, Lines lines, Runnable told) {
        this.partial = partial;
        this.lines = lines;
        this.told = told;
    }

    void inParts(BlobSource source) throws IOException, InterruptedException {
        List<Span> missing = partial.missing();
        if (missing.isEmpty()) return;
        Queue<Span> queue = new ArrayDeque<>(missing);
        // One goes ahead: it finds the way to the bytes, and whether they can be had in parts.
        try (var crew = new Crew<>(() -> next(queue), (span, proven) -> part(source, span, proven), source::abort)) {
            crew.run(Math.min(lines.parts(), missing.size()), this::fast);
        }
    }

    /**
     * More connections than needed cost both sides work, and what comes in order is the easiest to check. A line that stumbles
     * for some hundredths of a second is still fast.
     */
    private boolean fast() {
        long now = System.nanoTime();
        long bytes = received.get();
        double current = (bytes - lookedBytes) * 1e9 / Math.max(1, now - lookedAt);
        if (lookedAt != 0) pace = pace < 0 ? current : pace + (current - pace) / INERTIA_LOOKS;
        lookedAt = now;
        lookedBytes = bytes;
        return pace < 0 || pace >= FAST_BYTES_PER_SECOND;
    }

    private static Span next(Queue<Span> queue) {
        synchronized (queue) {
            return queue.poll();
        }
    }

    private void part(BlobSource source, Span span, Runnable proven) throws IOException, InterruptedException {
        Tries tries = lines.forPart();
        long[] at = {span.from()};
        while (at[0] < span.to()) {
            long before = at[0];
            try (Reply reply = source.open(at[0], span.to())) {
                proven.run();
                copy(reply, at, span.to());
                requireEnd(reply);
            } catch (BlobSource.NoRangesException e) {
                throw e;
            } catch (IOException e) {
                if (at[0] - before >= PROGRESS_BYTES) tries.progressed();
                tries.failed(e);
            }
        }
    }

    /**
     * Writes so much of the body from a position on. What comes is held back until it is worth the work around a write, or
     * something comes a moment after the last one. What came before a failure counts.
     */
    private void copy(Reply reply, long[] at, long to) throws IOException, InterruptedException {
        ByteBuffer buffer = aim(ByteBuffer.allocate(BUFFER_BYTES), at[0], to);
        long written = System.nanoTime() - MOMENT_NANOS;
        try {
            while (at[0] + buffer.position() < to) {
                receive(reply, buffer, to - at[0] - buffer.position());
                if (buffer.hasRemaining() && System.nanoTime() - written < MOMENT_NANOS) continue;
                keep(at, buffer, to);
                written = System.nanoTime();
            }
        } finally {
            // A write by who was interrupted would close the file for all.
            if (buffer.position() > 0 && !Thread.currentThread().isInterrupted()) keep(at, buffer, to);
        }
    }

    /** What begins and ends with pages of the file is the cheapest to write. */
    private static ByteBuffer aim(ByteBuffer buffer, long at, long to) {
        return buffer.clear().limit((int) Math.min(BUFFER_BYTES - at % BUFFER_BYTES, to - at));
    }

    private void keep(long[] at, ByteBuffer buffer, long to) {
        int count = buffer.flip().remaining();
        write(at[0], buffer);
        at[0] += count;
        aim(buffer, at[0], to);
        received.addAndGet(count);
        told.run();
    }

    private static void requireEnd(Reply reply) throws IOException {
        if (reply.read(new byte[1], 0, 1) >= 0)
            throw new WrongAnswerException("the registry sends more than was asked for");
    }

    private void receive(Reply reply, ByteBuffer buffer, long missing) throws IOException, InterruptedException {
        int count = reply.read(buffer.array(), buffer.position(), buffer.remaining());
        if (Thread.interrupted()) throw new InterruptedException();
        if (count < 0) throw new IOException("the connection ended " + missing + " bytes too early");
        buffer.position(buffer.position() + count);
        if (lines.rate().limited()) {
            lines.rate().take(count);
            reply.excuse();
        }
    }

    private void write(long at, ByteBuffer bytes) {
        try {
            partial.write(at, bytes);
        } catch (IOException e) {
            throw new PaddockException(Fault.STORE_FAILED, "cannot store what comes: " + e.getMessage(), e);
        }
    }

    /** One answer with all of it; what is there already is read over. */
    void fromBeginning(BlobSource source) throws IOException, InterruptedException {
        Tries tries = lines.forPart();
        while (!partial.missing().isEmpty()) {
            try (Reply reply = source.open(0, partial.size())) {
                sift(reply);
            } catch (IOException e) {
                tries.failed(e);
            }
        }
    }

    private void sift(Reply reply) throws IOException, InterruptedException {
        long[] at = {0};
        for (Span gap : partial.missing()) {
            skip(reply, at, gap.from());
            copy(reply, at, gap.to());
        }
        skip(reply, at, partial.size());
        requireEnd(reply);
    }

    private void skip(Reply reply, long[] at, long to) throws IOException, InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (at[0] < to) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, to - at[0]));
            receive(reply, buffer, to - at[0]);
            at[0] += buffer.position();
        }
    }
}
