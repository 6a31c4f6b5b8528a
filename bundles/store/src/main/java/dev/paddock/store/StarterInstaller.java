package dev.paddock.store;

import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelRecipe;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gives an empty store its first model, once: a mark in the home remembers for which models directory, so that a starter
 * model that was removed does not come back.
 */
final class StarterInstaller {
    static final ModelName NAME = ModelName.parse("starter");
    private static final String FILE = "starter.gguf";

    private final Path starter;
    private final Path marks;
    private final StoreLayout layout;

    /**
     * @param starter the GGUF file to install
     * @param marks the file that remembers, one models directory a line
     */
    StarterInstaller(Path starter, Path marks, StoreLayout layout) {
        this.starter = starter;
        this.marks = marks;
        this.layout = layout;
    }

    /** Installs the model when it is its turn; says in words what was done. */
    String install(ModelStore store, ManifestTree tree) throws IOException {
        var models = tree.list();
        if (!models.files().isEmpty() || !models.strays().isEmpty()) return "not needed, there are models";
        if (marked().contains(mark())) return "not installed again, it was removed";
        if (!Files.isRegularFile(starter)) return "not there: " + starter;
        Digest digest = digest();
        try (var content = Channels.newInputStream(FileChannel.open(starter, StandardOpenOption.READ))) {
            store.putBlob(digest, content);
        }
        var recipe = new ModelRecipe(
                Optional.empty(),
                Map.of(FILE, digest),
                Optional.empty(),
                Optional.empty(),
                Options.NONE,
                List.of(),
                List.of());
        store.create(NAME, recipe, _ -> {});
        StoreLayout.makeDirectory(marks.toAbsolutePath().getParent());
        Files.writeString(marks, mark() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return "installed as \"" + NAME.model() + "\"";
    }

    private List<String> marked() throws IOException {
        return Files.exists(marks) ? Files.readAllLines(marks) : List.of();
    }

    private String mark() {
        return layout.root().toString();
    }

    private Digest digest() throws IOException {
        var hash = Digest.sha256();
        try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
            Files.copy(starter, out);
        }
        return Digest.ofHash(hash.digest());
    }
}
