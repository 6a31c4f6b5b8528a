package dev.paddock.transfer;

import dev.paddock.api.model.ModelBuilder;
import dev.paddock.api.store.BlobStore;
import dev.paddock.api.store.ManifestStore;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where models are put.
 *
 * @param blobs content
 * @param manifests what it makes
 * @param builder makes models of files; may be missing, and come and go
 */
record Shelves(BlobStore blobs, ManifestStore manifests, Supplier<Optional<ModelBuilder>> builder) {}
