package dev.paddock.store;

import java.nio.file.Path;

/**
 * The paths that a store works with.
 *
 * @param models the models directory, absolute
 * @param starter the GGUF file of the first model
 * @param marks the file that remembers where it was installed
 */
record StorePlaces(Path models, Path starter, Path marks) {
    /** @param install the installation's directory, or null when nobody said */
    static StorePlaces of(Path home, String install, FileModelStore.Config config) {
        Path models = config.models().isBlank()
                ? home.resolve("models")
                : Path.of(config.models().strip());
        Path installation = install == null ? home : Path.of(install);
        Path starter = config.starter().isBlank()
                ? installation.resolve("starter").resolve("starter.gguf")
                : Path.of(config.starter().strip());
        return new StorePlaces(models.toAbsolutePath().normalize(), starter, home.resolve("starter.installed"));
    }
}
