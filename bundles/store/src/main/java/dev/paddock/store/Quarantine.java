package dev.paddock.store;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts damaged blobs aside, where nothing uses and nothing deletes them. Of a link the link is moved. */
final class Quarantine {
    private static final int MOST_ALIKE = 1000;

    private final Stock stock;
    private final boolean move;

    /** @param move whether files are moved; otherwise it is only noted that they are damaged */
    Quarantine(Stock stock, boolean move) {
        this.stock = stock;
        this.move = move;
    }

    /** @param asRead the file whose content has another digest; one that was replaced meanwhile is left alone */
    void take(Digest digest, Path blob, Stamp asRead, Digest actual) {
        String reason = "is damaged: its content has the digest " + actual;
        stock.books().proofs().remove(digest);
        if (!move) {
            stock.books().damage().condemn(digest, reason, asRead);
            return;
        }
        try (var _ = stock.lock().hold()) {
            if (!Stamp.of(blob).equals(asRead)) return;
            Path aside = free(digest);
            Files.move(blob, aside, StandardCopyOption.ATOMIC_MOVE);
            reason += "; it was put aside as " + stock.layout().told(aside);
            // Of that file, whatever comes in its place right now.
            stock.books().damage().condemn(digest, reason, asRead);
        } catch (IOException e) {
            reason += "; it could not be put aside: " + StoreFaults.reason(e);
            stock.books().damage().condemn(digest, reason, asRead);
        } catch (PaddockException e) {
            reason += "; it could not be put aside: " + e.getMessage();
            stock.books().damage().condemn(digest, reason, asRead);
        }
    }

    /** A name that nothing has yet: a blob may be damaged more than once. */
    private Path free(Digest digest) throws IOException {
        StoreLayout.makeDirectory(stock.layout().damaged());
        for (int number = 0; number < MOST_ALIKE; number++) {
            String name = digest.fileName() + (number == 0 ? "" : "-" + number);
            Path aside = stock.layout().damaged().resolve(name);
            if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) return aside;
        }
        throw new IOException("there are " + MOST_ALIKE + " damaged ones of that name already");
    }
}
