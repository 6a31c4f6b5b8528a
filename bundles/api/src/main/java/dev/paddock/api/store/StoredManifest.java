package dev.paddock.api.store;

import dev.paddock.api.model.ModelName;

/**
 * A manifest on disk.
 *
 * @param name the model's, as spelled on disk
 * @param content the file's bytes, which the model's digest is of; not to be changed
 * @param manifest what they say
 */
public record StoredManifest(ModelName name, byte[] content, Manifest manifest) {}
