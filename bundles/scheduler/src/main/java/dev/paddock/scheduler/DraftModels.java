package dev.paddock.scheduler;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which model guesses for which.
 *
 * @param drafts by the name of the model that they guess for, in full and in lower case
 */
record DraftModels(Map<String, ModelName> drafts) {
    static final DraftModels NONE = new DraftModels(Map.of());

    private static final String KEY = "draft.models";

    DraftModels {
        drafts = Map.copyOf(drafts);
    }

    /**
     * Reads the setting.
     *
     * @param entries each {@code MODEL=DRAFT}
     * @throws IllegalArgumentException naming the first entry that cannot be used
     */
    static DraftModels of(String... entries) {
        Map<String, ModelName> drafts = new HashMap<>();
        for (String entry : entries) {
            String[] names = entry.split("=", -1);
            if (names.length != 2) throw wrong(entry, "write MODEL=DRAFT, like llama3.1:8b=llama3.2:1b");
            var model = name(entry, names[0]);
            var draft = name(entry, names[1]);
            if (model.matches(draft)) throw wrong(entry, "a model cannot guess for itself; name a smaller one");
            if (drafts.put(key(model), draft) != null) {
                throw wrong(entry, model.display() + " has a draft model already; name one for each");
            }
        }
        return new DraftModels(drafts);
    }

    private static ModelName name(String entry, String text) {
        try {
            return ModelName.parse(text);
        } catch (PaddockException e) {
            throw wrong(entry, "\"" + text.strip() + "\" is no name of a model", e);
        }
    }

    private static IllegalArgumentException wrong(String entry, String what) {
        return wrong(entry, what, null);
    }

    private static IllegalArgumentException wrong(String entry, String what, Exception cause) {
        return new IllegalArgumentException(
                RequestScheduler.PID + ": " + KEY + " has the entry \"" + entry + "\"; " + what, cause);
    }

    /** The draft model of a model. */
    Optional<ModelName> of(ModelName model) {
        return Optional.ofNullable(drafts.get(key(model)));
    }

    private static String key(ModelName name) {
        return name.full().toLowerCase(Locale.ROOT);
    }
}
