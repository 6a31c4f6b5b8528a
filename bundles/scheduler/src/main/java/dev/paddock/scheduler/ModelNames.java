package dev.paddock.scheduler;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.ModelName;
import java.util.ArrayList;
import java.util.List;

/**
 * Models that a setting names.
 *
 * @param names without repetitions, in the order of the setting
 */
record ModelNames(List<ModelName> names) {
    static final ModelNames NONE = new ModelNames(List.of());

    ModelNames {
        names = List.copyOf(names);
    }

    /**
     * Reads a setting.
     *
     * @throws IllegalArgumentException naming the first entry that is no name of a model
     */
    static ModelNames of(String key, String... entries) {
        List<ModelName> names = new ArrayList<>();
        for (String entry : entries) {
            var name = name(key, entry);
            if (names.stream().noneMatch(name::matches)) names.add(name);
        }
        return new ModelNames(names);
    }

    private static ModelName name(String key, String entry) {
        try {
            return ModelName.parse(entry);
        } catch (PaddockException e) {
            throw new IllegalArgumentException(
                    RequestScheduler.PID + ": " + key + " has the entry \"" + entry + "\", which is no name of a model",
                    e);
        }
    }

    boolean contain(ModelName name) {
        return names.stream().anyMatch(name::matches);
    }
}
