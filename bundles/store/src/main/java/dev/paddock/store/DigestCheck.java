package dev.paddock.store;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.Progress;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.NoSuchFileException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads blobs and compares their content with the digests in their names. What was read once is remembered. */
final class DigestCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DigestCheck.class);

    private final Stock stock;
    private final Order order;
    private final Quarantine quarantine;

    /**
     * How to go about it.
     *
     * @param all also those that were read before and have not changed
     * @param rate most bytes a second; 0 = as fast as it goes
     * @param aside whether damaged ones are put aside
     */
    record Order(boolean all, long rate, boolean aside) {}

    /** What was read. */
    record Outcome(int blobs, long bytes, int damaged) {}

    private record Candidate(Digest digest, BlobFile file, Stamp stamp, boolean suspect) {}

    DigestCheck(Stock stock, Order order) {
        this.stock = stock;
        this.order = order;
        this.quarantine = new Quarantine(stock, order.aside());
    }

    /**
     * Reads what is to be read: first what is suspected, then the smallest.
     *
     * @throws PaddockException with {@link Fault#CANCELLED} when the thread is interrupted
     */
    Outcome run(Consumer<Progress> told) throws IOException {
        List<Candidate> candidates = candidates();
        var pace = new Pace(order.rate());
        int damaged = 0;
        int blobs = 0;
        long bytes = 0;
        for (Candidate candidate : candidates) {
            if (!check(candidate, pace, told)) damaged++;
            blobs++;
            bytes += candidate.stamp().size();
        }
        stock.books().proofs().flush();
        return new Outcome(blobs, bytes, damaged);
    }

    private List<Candidate> candidates() throws IOException {
        return BlobFile.list(stock.layout()).stream()
                .filter(file -> file.kind() == BlobFile.Kind.BLOB)
                .flatMap(this::candidate)
                .sorted(Comparator.comparing((Candidate c) -> !c.suspect())
                        .thenComparing(c -> c.stamp().size()))
                .toList();
    }

    private Stream<Candidate> candidate(BlobFile file) {
        Digest digest = file.digest().orElseThrow();
        Stamp stamp = Stamp.of(file.path());
        boolean suspect = stock.books().damage().reason(digest).isPresent();
        boolean proven = stock.books().proofs().has(digest, stamp) && !suspect;
        boolean wanted = stamp.size() >= 0 && (order.all() || !proven);
        return wanted ? Stream.of(new Candidate(digest, file, stamp, suspect)) : Stream.empty();
    }

    /** Whether it is sound, or went away or changed while it was read. */
    private boolean check(Candidate candidate, Pace pace, Consumer<Progress> told) {
        Digest digest = candidate.digest();
        try {
            Digest actual = Hashing.of(
                    candidate.file().path(),
                    pace,
                    done -> told.accept(
                            Progress.of("verifying", digest, candidate.stamp().size(), done)));
            if (!Stamp.of(candidate.file().path()).equals(candidate.stamp())) return true;
            if (!actual.equals(digest)) {
                quarantine.take(digest, candidate.file().path(), candidate.stamp(), actual);
                return false;
            }
            stock.books().proofs().add(digest, candidate.stamp());
            stock.books().damage().healed(digest);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (ClosedByInterruptException | InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(Fault.CANCELLED, "verifying was stopped", e);
        } catch (IOException e) {
            LOG.warn("blob {} cannot be read: {}", digest, StoreFaults.reason(e));
            stock.books().damage().suspect(digest, "cannot be read from the disk", candidate.stamp());
            return false;
        }
    }
}
