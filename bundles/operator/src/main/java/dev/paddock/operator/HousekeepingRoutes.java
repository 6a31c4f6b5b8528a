package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.store.Housekeeper;
import dev.paddock.dialect.kit.Call;
import dev.paddock.dialect.kit.Fields;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What takes how much of the disk, and keeping it in order. */
record HousekeepingRoutes(Supplier<Housekeeper> housekeeper, Supplier<ModelStore> store) {
    private static final Logger LOG = LoggerFactory.getLogger(HousekeepingRoutes.class);
    /** Longest path of a file in characters; systems allow less. */
    private static final int LONGEST_PATH = 4096;

    void usage(Call call) throws IOException {
        call.json(200, HousekeepingJson.of(housekeeper.get().usage()));
    }

    void steps(Call call) throws IOException {
        Housekeeper keeper = housekeeper.get();
        call.json(200, HousekeepingJson.of(keeper.steps(), keeper.damage()));
    }

    void prune(Call call) throws IOException {
        boolean dryRun = fields(call).flag("dry_run", false);
        Housekeeper.Pruned pruned = housekeeper.get().prune(dryRun);
        if (!dryRun)
            LOG.info("{} pruned {} files, {} bytes", call.id(), pruned.files().size(), pruned.bytes());
        call.json(200, HousekeepingJson.of(pruned, dryRun));
    }

    void verify(Call call) throws IOException {
        boolean all = fields(call).flag("all", false);
        Housekeeper keeper = housekeeper.get();
        var lines = call.ndjson();
        var verified = call.whileHeard(lines, told -> keeper.verify(all, HousekeepingJson.stepsTo(told)));
        lines.send(HousekeepingJson.of(verified));
    }

    void adopt(Call call) throws IOException {
        Fields fields = fields(call);
        Path source = path(fields.text("path").orElse(""));
        Optional<ModelName> name = fields.text("name").map(ModelName::parse);
        ModelStore target = store.get();
        var lines = call.ndjson();
        List<ModelName> came =
                call.whileHeard(lines, told -> target.adopt(source, name, HousekeepingJson.stepsTo(told)));
        LOG.info("{} took over {} models from {}", call.id(), came.size(), source);
        lines.send(HousekeepingJson.success(came));
    }

    private static Fields fields(Call call) throws IOException {
        return call.body().orElseGet(() -> new Fields(Map.of()));
    }

    private static Path path(String text) {
        try {
            if (!text.isBlank()
                    && text.length() <= LONGEST_PATH
                    && Path.of(text).isAbsolute()) return Path.of(text);
        } catch (InvalidPathException e) {
            LOG.debug("no path", e);
        }
        throw new PaddockException(
                Fault.INVALID_REQUEST,
                "\"path\" must be the whole path, on the machine of the server, of a GGUF file or of a models directory");
    }
}
