package dev.paddock.transfer;

import dev.paddock.transfer.net.Call;
import dev.paddock.transfer.net.Reply;
import dev.paddock.transfer.net.Session;
import dev.paddock.transfer.net.StatusException;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.net.URI;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * The pieces of one upload. They go one after the other to the address that the answer to the one before names; a registry
 * that sends a piece elsewhere can be asked for the next one meanwhile, so then many go at once.
 */
final class UploadPieces {
    /** As Ollama has it, and the same for the most. */
    static final long LEAST_BYTES = 100_000_000;

    private static final long MOST_BYTES = 1_000_000_000;
    private static final int PIECES = 16;
    private static final Pattern RANGE = Pattern.compile("(?:bytes=)?0-([0-9]{1,18})");

    /** The registry knows nothing of the upload any more: it must begin anew. */
    static final class LostException extends IOException {
        private static final long serialVersionUID = 1L;

        LostException(Throwable cause) {
            super("the registry lost the upload", cause);
        }
    }

    /** Makes what is sent. */
    @FunctionalInterface
    interface Bodies {
        FileBody of(long from, long to);
    }

    private record Piece(long from, long to) {}

    private final Session session;
    private final Lines lines;
    private final Bodies bodies;
    private final Queue<Piece> queue = new ArrayDeque<>();
    private final SortedMap<Long, byte[]> sums = new TreeMap<>();
    private final ReentrantLock turn = new ReentrantLock();
    private URI address;

    UploadPieces(Session session, URI address, Lines lines, Bodies bodies) {
        this.session = session;
        this.address = address;
        this.lines = lines;
        this.bodies = bodies;
    }

    /** Where to go on. */
    URI address() {
        return address;
    }

    /** What the pieces sum up to, as object stores count. */
    String etag() {
        MessageDigest hash = FileBody.newMd5();
        sums.values().forEach(hash::update);
        return HexFormat.of().formatHex(hash.digest()) + "-" + sums.size();
    }

    void send(long size, long least) throws IOException, InterruptedException {
        long step = Math.clamp(size / PIECES, least, MOST_BYTES);
        for (long at = 0; at < size; at += step) queue.add(new Piece(at, Math.min(size, at + step)));
        if (queue.isEmpty()) return;
        try (var crew = new Crew<>(this::left, (_, proven) -> one(proven), session::abort)) {
            crew.run(lines.parts(), () -> false);
        }
    }

    private Piece left() {
        turn.lock();
        try {
            return queue.peek();
        } finally {
            turn.unlock();
        }
    }

    private void one(Runnable proven) throws IOException, InterruptedException {
        FileBody body;
        Piece piece;
        Optional<URI> elsewhere;
        turn.lockInterruptibly();
        try {
            piece = queue.poll();
            if (piece == null) return;
            body = bodies.of(piece.from(), piece.to());
            elsewhere = offer(piece, body);
        } finally {
            turn.unlock();
        }
        if (elsewhere.isEmpty()) return;
        proven.run();
        URI target = elsewhere.get();
        lines.newTries().run(() -> put(target, body));
        remember(piece.from(), body);
    }

    /** Brings a piece in its turn; gives the address when the registry wants it somewhere else. */
    private Optional<URI> offer(Piece piece, FileBody first) throws IOException, InterruptedException {
        Tries tries = lines.newTries();
        long from = piece.from();
        FileBody body = first;
        while (from < piece.to()) {
            try (Reply reply = patch(from, piece.to(), body)) {
                if (reply.status() == 307) {
                    body.forget();
                    next(reply, "Docker-Upload-Location").ifPresent(to -> address = to);
                    return Optional.of(Session.target(reply));
                }
                if (reply.status() < 200 || reply.status() > 299) throw Registry.failure(reply);
                next(reply).ifPresent(to -> address = to);
                remember(from, body);
                return Optional.empty();
            } catch (IOException e) {
                boolean misplaced = e instanceof StatusException status && status.status() == 416;
                if (!misplaced) tries.failed(e);
                long arrived = arrived(piece, e);
                if (arrived > from) tries.progressed();
                else if (misplaced) throw e;
                body.forget();
                from = arrived;
                body = bodies.of(from, piece.to());
            }
        }
        return Optional.empty();
    }

    private Reply patch(long from, long to, FileBody body) throws IOException {
        return session.once(Call.with("PATCH", address, body)
                .header("Content-Range", from + "-" + (to - 1))
                .header("Content-Type", "application/octet-stream")
                .header("X-Redirect-Uploads", "1")
                .carefully());
    }

    /** Asks how far the upload has come. */
    private long arrived(Piece piece, IOException why) throws IOException, InterruptedException {
        long arrived = lines.newTries().run(this::askArrived);
        if (arrived < piece.from() || arrived > piece.to()) throw new LostException(why);
        return arrived;
    }

    /** Negative when the registry knows nothing of it. */
    private long askArrived() throws IOException {
        try (Reply reply = session.once(Call.get(address))) {
            if (reply.status() == 404) return -1;
            if (reply.status() != 204 && reply.status() != 200) throw Registry.failure(reply);
            next(reply).ifPresent(to -> address = to);
            var range = RANGE.matcher(reply.header("Range").orElse("0-0"));
            if (!range.matches()) throw new WrongAnswerException("the registry does not say how far the upload is");
            long last = Long.parseLong(range.group(1));
            return last == 0 ? 0 : last + 1;
        }
    }

    private Void put(URI target, FileBody body) throws IOException {
        try (Reply reply = session.once(Call.with("PUT", target, body).patiently())) {
            if (reply.status() < 200 || reply.status() > 299) throw Registry.failure(reply);
            return null;
        }
    }

    private void remember(long from, FileBody body) {
        synchronized (sums) {
            sums.put(from, body.md5());
        }
    }

    /** Where an upload goes on, as an answer says it. */
    static Optional<URI> next(Reply reply) throws IOException {
        Optional<URI> ours = next(reply, "Docker-Upload-Location");
        return ours.isPresent() ? ours : next(reply, "Location");
    }

    private static Optional<URI> next(Reply reply, String header) throws IOException {
        Optional<String> said = reply.header(header);
        return said.isEmpty() ? Optional.empty() : Optional.of(Session.resolve(reply.address(), said.get()));
    }
}
