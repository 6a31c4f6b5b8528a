package dev.paddock.modelfile;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelRecipe;
import java.util.List;
import java.util.Map;

/** What can be said against a recipe before anything is done. Pure. */
final class RecipeCheck {
    private RecipeCheck() {}

    /** @throws PaddockException when it cannot work */
    static void check(ModelRecipe recipe) {
        ModelRecipe.Source source = recipe.source();
        checkPaths(source.files());
        checkPaths(source.draftFiles());
        checkPaths(source.adapters());
        boolean draft = !source.draftFiles().isEmpty() || source.from().isPresent();
        if (!recipe.packing().draftQuantize().isBlank() && !draft) {
            throw Faults.invalid("--draft-quantize requires a DRAFT model");
        }
        if (source.from().isEmpty() && source.files().isEmpty()) {
            throw Faults.invalid("neither 'from' or 'files' was specified");
        }
    }

    private static void checkPaths(Map<String, Digest> files) {
        for (String name : files.keySet()) {
            boolean bad = name.isEmpty()
                    || name.startsWith("/")
                    || name.contains("\\")
                    || List.of(name.split("/", -1)).stream()
                            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
            if (bad) throw Faults.invalid("file path must be relative");
        }
    }
}
