package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.store.Housekeeper.Share;
import dev.paddock.api.store.Housekeeper.Usage;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what takes how much. Links by name take nothing; files that somebody else has as well count in full. */
final class UsageCount {
    private final Stock stock;

    UsageCount(Stock stock) {
        this.stock = stock;
    }

    Usage count() throws IOException {
        References references = References.read(stock.tree());
        Map<Digest, Long> sizes = new HashMap<>();
        long partial = 0;
        for (BlobFile file : BlobFile.list(stock.layout())) {
            if (file.kind() == BlobFile.Kind.BLOB) sizes.put(file.digest().orElseThrow(), file.size());
            if (file.kind() == BlobFile.Kind.PARTIAL) partial += Room.taken(file);
        }
        Map<Digest, Integer> users = users(references);
        long unused = sum(
                sizes,
                sizes.keySet().stream().filter(d -> !users.containsKey(d)).toList());
        List<Share> shares = references.models().stream()
                .map(use -> share(use, sizes, users))
                .sorted(Comparator.comparingLong(Share::bytes).reversed().thenComparing(share -> share.name()
                        .full()))
                .toList();
        var room = stock.blobs().room();
        return new Usage(shares, sum(sizes, sizes.keySet()), unused, partial, room.quota(), room.free());
    }

    private static Map<Digest, Integer> users(References references) {
        Map<Digest, Integer> users = new HashMap<>();
        for (var use : references.models()) {
            for (Digest digest : use.manifest().digests()) users.merge(digest, 1, Integer::sum);
        }
        return users;
    }

    private Share share(References.Use use, Map<Digest, Long> sizes, Map<Digest, Integer> users) {
        var digests = use.manifest().digests();
        var own = digests.stream().filter(digest -> users.get(digest) == 1).toList();
        return new Share(
                use.name(),
                sum(sizes, digests),
                sum(sizes, own),
                stock.books().uses().of(use.name()));
    }

    private static long sum(Map<Digest, Long> sizes, Iterable<Digest> digests) {
        long bytes = 0;
        for (Digest digest : digests) bytes += sizes.getOrDefault(digest, 0L);
        return bytes;
    }
}
