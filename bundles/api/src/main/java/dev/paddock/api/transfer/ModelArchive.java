package dev.paddock.api.transfer;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** A model as one file, for machines without a network: a tar file in OCI's image layout. */
@ProviderType
public interface ModelArchive {
    /**
     * Writes an installed model.
     *
     * @throws IOException when the stream cannot be written
     * @throws PaddockException with {@link Fault#MODEL_NOT_FOUND} or {@link Fault#MODEL_DAMAGED}
     */
    void write(ModelName name, OutputStream out) throws IOException;

    /**
     * Reads an archive and installs what is in it; every digest is checked before anything gets a name.
     *
     * @param as another name, for an archive of one model
     * @return the names installed
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when it is no sound archive
     */
    List<ModelName> read(InputStream in, Optional<ModelName> as, Consumer<Progress> told);
}
