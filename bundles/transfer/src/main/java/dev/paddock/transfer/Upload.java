package dev.paddock.transfer;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Layer;
import dev.paddock.transfer.net.Body;
import dev.paddock.transfer.net.Call;
import dev.paddock.transfer.net.Reply;
import dev.paddock.transfer.net.Session;
import dev.paddock.transfer.net.StatusException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Takes one blob to a registry: not at all when it is there, by a mount when a neighbour has it, else in pieces. */
final class Upload {
    /** What registries answer that do not take pieces. */
    private static final Set<Integer> NO_PIECES = Set.of(405, 501);

    private final Registry registry;
    private final Layer layer;
    private final Path file;
    private final Lines lines;
    private final long leastPiece;
    private final AtomicLong sent = new AtomicLong();

    Upload(Registry registry, Layer layer, Path file, Lines lines) {
        this(registry, layer, file, lines, UploadPieces.LEAST_BYTES);
    }

    /** @param leastPiece bytes of the smallest piece but the last */
    Upload(Registry registry, Layer layer, Path file, Lines lines, long leastPiece) {
        this.leastPiece = leastPiece;
        this.registry = registry;
        this.layer = layer;
        this.file = file;
        this.lines = lines;
    }

    /** Bytes that went out. */
    long completed() {
        return Math.clamp(sent.get(), 0, layer.size());
    }

    void run() throws IOException, InterruptedException {
        Tries tries = lines.newTries();
        if (tries.run(() -> registry.has(layer))) return;
        while (true) {
            sent.set(0);
            try {
                attempt();
                return;
            } catch (UploadPieces.LostException e) {
                tries.failed(e);
            }
        }
    }

    private void attempt() throws IOException, InterruptedException {
        Optional<URI> begun = lines.newTries().run(this::begin);
        if (begun.isEmpty()) return;
        var pieces = new UploadPieces(registry.session(), begun.get(), lines, this::body);
        try {
            pieces.send(layer.size(), leastPiece);
        } catch (StatusException e) {
            if (!NO_PIECES.contains(e.status())) throw e;
            whole(begun.get());
            return;
        }
        finish(pieces);
    }

    private FileBody body(long from, long to) {
        return new FileBody(file, from, to, lines.rate(), sent);
    }

    /** Where to send it; nothing when the registry took it from a neighbour. */
    private Optional<URI> begin() throws IOException {
        Call call = Call.with("POST", registry.uploads(mount()), Body.NONE);
        try (Reply reply = registry.session().once(call)) {
            if (reply.status() == 201) return Optional.empty();
            if (reply.status() != 202) throw Registry.failure(reply);
            return Optional.of(UploadPieces.next(reply).orElse(Session.target(reply)));
        }
    }

    private String mount() {
        if (layer.from().isEmpty()) return "";
        try {
            ModelName source = ModelName.parse(layer.from());
            return "?mount=" + encoded(layer.digest().toString()) + "&from="
                    + encoded(source.namespace() + "/" + source.model());
        } catch (PaddockException e) {
            // The name of a file, not of a model.
            return "";
        }
    }

    private void whole(URI at) throws IOException, InterruptedException {
        FileBody body = body(0, layer.size());
        put(Call.with("PUT", with(at, "digest=" + encoded(layer.digest().toString())), body));
    }

    private void finish(UploadPieces pieces) throws IOException, InterruptedException {
        String query = "digest=" + encoded(layer.digest().toString()) + "&etag=" + encoded(pieces.etag());
        put(Call.with("PUT", with(pieces.address(), query), Body.NONE));
    }

    private void put(Call call) throws IOException, InterruptedException {
        Call last = call.header("Content-Type", "application/octet-stream").patiently();
        Tries tries = lines.newTries();
        for (boolean again = false; ; again = true) {
            try (Reply reply = registry.session().once(last)) {
                if (reply.status() >= 200 && reply.status() <= 299) return;
                throw Registry.failure(reply);
            } catch (IOException e) {
                // The answer to the first try may be what was lost.
                if (again && registry.has(layer)) return;
                tries.failed(e);
            }
        }
    }

    private static URI with(URI address, String query) {
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
