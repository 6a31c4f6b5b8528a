package dev.paddock.store;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Blob;
import dev.paddock.api.store.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Gives an empty store its first model, once: a mark in the home remembers for which models directory, so that a
 * starter model that was removed does not come back.
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
    String install(ModelShelf shelf) throws IOException {
        if (!shelf.tree().isEmpty()) return "not needed, there are models";
        if (marked().contains(mark())) return "not installed again, it was removed";
        if (!Files.isRegularFile(starter)) return "not there: " + starter;
        Blob weights;
        try (var content = Files.newInputStream(starter)) {
            weights = shelf.put(content);
        }
        Manifest manifest = GgufModel.manifest(shelf.stock(), weights, FILE);
        shelf.install(NAME, shelf.write(manifest), _ -> {});
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
}
