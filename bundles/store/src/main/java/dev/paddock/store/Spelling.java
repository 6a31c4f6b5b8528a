package dev.paddock.store;

import dev.paddock.api.model.ModelName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How a new name is spelled: names that differ in case only are one name, so each part is taken over from models that are
 * there. A model with the same parts in front comes first, then any other; where several differ, an exact one, else the
 * first in the order of characters. Ollama looks at all models too, and leaves the choice to chance.
 */
final class Spelling {
    private Spelling() {}

    static ModelName of(ModelName name, Collection<ManifestFile> there) {
        List<List<String>> known =
                there.stream().map(file -> parts(file.name())).toList();
        List<List<String>> alike = known;
        List<String> spelled = new ArrayList<>();
        for (int at = 0; at < parts(name).size(); at++) {
            String asked = parts(name).get(at);
            String part = best(asked, at, alike, known);
            spelled.add(part);
            alike = withPart(part, at, alike);
        }
        return new ModelName(spelled.get(0), spelled.get(1), spelled.get(2), spelled.get(3));
    }

    static List<String> parts(ModelName name) {
        return List.of(name.host(), name.namespace(), name.model(), name.tag());
    }

    private static List<List<String>> withPart(String part, int at, List<List<String>> names) {
        return names.stream().filter(name -> name.get(at).equals(part)).toList();
    }

    private static String best(String asked, int at, List<List<String>> alike, List<List<String>> known) {
        for (var names : List.of(alike, known)) {
            var best = names.stream()
                    .map(name -> name.get(at))
                    .filter(asked::equalsIgnoreCase)
                    .min(Comparator.comparing((String part) -> !part.equals(asked))
                            .thenComparing(Comparator.naturalOrder()));
            if (best.isPresent()) return best.get();
        }
        return asked;
    }
}
