package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.transfer.ModelArchive;
import dev.paddock.dialect.kit.Call;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models as files, for machines without a network.
 *
 * @param limit most bytes of a file that is imported
 */
record ArchiveRoutes(Supplier<ModelArchive> archive, long limit) {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveRoutes.class);

    void export(Call call) throws IOException {
        ModelName name = call.query("model").map(ModelName::parse).orElseThrow(() -> missing("model"));
        ModelArchive packer = archive.get();
        OutputStream out = call.file("application/x-tar", fileName(name));
        try {
            call.await(() -> write(packer, name, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean write(ModelArchive packer, ModelName name, OutputStream out) {
        try {
            packer.write(name, out);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that a name may hold is fine in a file's name but what separates its parts. */
    private static String fileName(ModelName name) {
        return name.display().replaceAll("[/:]", "-") + ".tar";
    }

    void take(Call call) throws IOException {
        Optional<ModelName> as = call.query("as").map(ModelName::parse);
        ModelArchive unpacker = archive.get();
        var body = call.raw(limit);
        var lines = call.ndjson();
        // While the body comes, nobody but its reader can see that the client is gone.
        List<ModelName> came = call.toTheEnd(lines, told -> unpacker.read(body, as, HousekeepingJson.stepsTo(told)));
        LOG.info("{} imported {}", call.id(), came);
        lines.send(HousekeepingJson.success(came));
    }

    private static PaddockException missing(String parameter) {
        return new PaddockException(
                Fault.INVALID_REQUEST, "the query needs \"" + parameter + "\", the name of a model");
    }
}
