package dev.paddock.store;

import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small JSON file of ours beside the models. It only saves work: one that is lost or broken counts as empty. */
record OwnFile(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(OwnFile.class);

    Map<String, Object> read() {
        if (!Files.exists(path)) return Map.of();
        try {
            return Json.object(Blobs.readSmall(path));
        } catch (IOException e) {
            LOG.warn("{} is not used: {}", path.getFileName(), StoreFaults.reason(e));
            return Map.of();
        }
    }

    /** Replaces it as a whole. Where it cannot be written, it is told and done without. */
    void write(Map<String, ?> content) {
        try {
            StoreLayout.makeDirectory(path.getParent());
            try (var temp = new TempFile(path.getParent(), ManifestTree.TEMP_PREFIX)) {
                temp.write(ByteBuffer.wrap(Json.bytes(content)));
                temp.become(path);
            }
        } catch (IOException e) {
            LOG.warn("{} cannot be written: {}", path.getFileName(), StoreFaults.reason(e));
        }
    }
}
