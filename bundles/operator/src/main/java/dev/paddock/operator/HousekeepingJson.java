package dev.paddock.operator;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.Progress;
import dev.paddock.api.store.Housekeeper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The store's state as JSON; all sizes are bytes. */
final class HousekeepingJson {
    private HousekeepingJson() {}

    static Map<String, Object> of(Housekeeper.Usage usage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("models", usage.models().stream().map(HousekeepingJson::of).toList());
        json.put("blob_bytes", usage.blobBytes());
        json.put("unused_bytes", usage.unusedBytes());
        json.put("partial_bytes", usage.partialBytes());
        json.put("quota_bytes", usage.quotaBytes());
        json.put("free_bytes", usage.freeBytes());
        return json;
    }

    private static Map<String, Object> of(Housekeeper.Share share) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", share.name().display());
        json.put("bytes", share.bytes());
        json.put("own_bytes", share.ownBytes());
        share.usedAt().ifPresent(at -> json.put("used_at", at.toString()));
        return json;
    }

    static Map<String, Object> of(List<Housekeeper.Step> steps, List<Housekeeper.Damage> damage) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("steps", steps.stream().map(HousekeepingJson::of).toList());
        json.put("damage", damage(damage));
        return json;
    }

    private static Map<String, Object> of(Housekeeper.Step step) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", step.name());
        json.put("state", step.state().name().toLowerCase(Locale.ROOT));
        json.put("outcome", step.outcome());
        json.put("millis", step.millis());
        return json;
    }

    private static List<Map<String, Object>> damage(List<Housekeeper.Damage> damage) {
        return damage.stream()
                .map(one -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("digest", one.digest().toString());
                    json.put("reason", one.reason());
                    json.put("models", names(one.models()));
                    return json;
                })
                .toList();
    }

    static Map<String, Object> of(Housekeeper.Pruned pruned, boolean dryRun) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dry_run", dryRun);
        json.put("files", pruned.files());
        json.put("bytes", pruned.bytes());
        json.put("kept", pruned.kept());
        return json;
    }

    static Map<String, Object> of(Housekeeper.Verified verified) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", Progress.SUCCESS);
        json.put("blobs", verified.blobs());
        json.put("bytes", verified.bytes());
        json.put("damage", damage(verified.damage()));
        return json;
    }

    /** All steps but the last, which is told with what came of the task. */
    static Consumer<Progress> stepsTo(Consumer<Progress> told) {
        return step -> {
            if (!step.status().equals(Progress.SUCCESS)) told.accept(step);
        };
    }

    /** The last line of a task that brought models. */
    static Map<String, Object> success(List<ModelName> models) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", Progress.SUCCESS);
        json.put("models", names(models));
        return json;
    }

    private static List<String> names(List<ModelName> names) {
        return names.stream().map(ModelName::display).toList();
    }
}
