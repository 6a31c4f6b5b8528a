package dev.paddock.modelfile;

import dev.paddock.api.store.MediaType;
import dev.paddock.gguf.GgufException;
import dev.paddock.gguf.GgufLimits;
import dev.paddock.gguf.ShardSet;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Puts the parts of a split model together. */
final class SplitModel {
    /** What a header takes at most, beyond the weights. */
    private static final long HEADER = 128L << 20;

    private SplitModel() {}

    /** One file of all parts, given in any order. */
    static Piece merged(List<Piece> parts, Workshop workshop) {
        ShardSet set = read(parts);
        return workshop.made(MediaType.MODEL, parts.getFirst().source(), set.dataBytes() + HEADER, target -> {
            try (var out = FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                set.merge(out);
            }
        });
    }

    private static ShardSet read(List<Piece> parts) {
        try {
            return ShardSet.read(parts.stream().map(Piece::file).toList(), GgufLimits.DEFAULTS);
        } catch (GgufException e) {
            throw Faults.invalid(named(e.getMessage(), parts), e);
        } catch (IOException e) {
            throw Faults.invalid("a part of the model cannot be read: " + e.getMessage(), e);
        }
    }

    /** Blobs are named by their digests, which says nothing to whoever uploaded them. */
    private static String named(String message, List<Piece> parts) {
        String named = message;
        for (Piece part : parts) named = named.replace(part.file().getFileName().toString(), part.source());
        return named;
    }
}
