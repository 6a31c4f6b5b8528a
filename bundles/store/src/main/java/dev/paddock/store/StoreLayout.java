package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where things lie below the models directory, as Ollama has it.
 *
 * @param root the models directory, absolute
 */
record StoreLayout(Path root) {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    Path blobs() {
        return root.resolve("blobs");
    }

    Path manifests() {
        return root.resolve("manifests");
    }

    /** What only Paddock has here; Ollama leaves it alone. */
    Path own() {
        return root.resolve("paddock");
    }

    /** The file whose lock keeps two servers apart. */
    Path lock() {
        return own().resolve("lock");
    }

    /** Blobs that are about to be used: see {@link Promises}. */
    Path promised() {
        return own().resolve("promised");
    }

    /** Where damaged blobs are put aside. */
    Path damaged() {
        return own().resolve("damaged");
    }

    /** A path below the models directory, as it is told: with slashes. */
    String told(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    Path blob(Digest digest) {
        return blobs().resolve(digest.fileName());
    }

    /** The grammar of {@link ModelName} keeps this below {@link #manifests()}: no part can be "..", or hold a slash. */
    Path manifest(ModelName name) {
        return manifests()
                .resolve(name.host())
                .resolve(name.namespace())
                .resolve(name.model())
                .resolve(name.tag());
    }

    void make() throws IOException {
        makeDirectory(blobs());
        makeDirectory(manifests());
    }

    static void makeDirectory(Path directory) throws IOException {
        // createDirectories refuses a link to a directory, which is how people put models on another disk.
        if (!Files.isDirectory(directory)) Files.createDirectories(directory, mode("rwxr-xr-x"));
    }

    static FileAttribute<?>[] fileMode() {
        return mode("rw-r--r--");
    }

    private static FileAttribute<?>[] mode(String permissions) {
        if (!POSIX) return new FileAttribute<?>[0];
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
