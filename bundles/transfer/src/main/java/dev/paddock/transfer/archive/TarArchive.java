package dev.paddock.transfer.archive;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.ManifestStore;
import dev.paddock.api.transfer.ModelArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Models as tar files, out of the store and into it. */
@Component(service = ModelArchive.class)
public final class TarArchive implements ModelArchive {
    private final BlobStore blobs;
    private final ManifestStore manifests;

    /** Touches nothing. */
    @Activate
    public TarArchive(@Reference BlobStore blobs, @Reference ManifestStore manifests) {
        this.blobs = blobs;
        this.manifests = manifests;
    }

    @Override
    public void write(ModelName name, OutputStream out) throws IOException {
        var model = manifests
                .manifest(name)
                .orElseThrow(
                        () -> new PaddockException(Fault.MODEL_NOT_FOUND, "model '" + name.display() + "' not found"));
        new ArchiveWriter(blobs, model).write(out);
    }

    @Override
    public List<ModelName> read(InputStream in, Optional<ModelName> as, Consumer<Progress> told) {
        try {
            return new ArchiveReader(blobs, manifests, told).read(in, as);
        } catch (IOException e) {
            throw ArchiveReader.unsound(e);
        }
    }
}
