package dev.paddock.transfer;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.json.Json;
import dev.paddock.transfer.net.WrongAnswerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the manifest of a model among those of an index: the one for this machine, or the only one that is for any. */
final class ManifestChoice {
    private static final int MAX_ENTRIES = 1000;

    private final String os;
    private final String architecture;

    /** @param architecture as Go names it, {@code amd64} */
    ManifestChoice(String os, String architecture) {
        this.os = os;
        this.architecture = architecture;
    }

    /** For the machine that this runs on. */
    static ManifestChoice here() {
        String arch = System.getProperty("os.arch");
        String name = System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT);
        String os = name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "windows" : "linux";
        return new ManifestChoice(os, arch.equals("aarch64") ? "arm64" : arch);
    }

    private record Entry(String digest, String os, String architecture) {
        boolean isForAny() {
            return os.isEmpty() && architecture.isEmpty();
        }
    }

    /**
     * Looks into what a registry sent.
     *
     * @return which manifest to ask for next; empty when this is one
     */
    Optional<Digest> next(byte[] content) throws IOException {
        Map<String, Object> json;
        try {
            json = Json.object(content);
        } catch (IOException e) {
            throw new WrongAnswerException("the registry's manifest is not readable: " + e.getMessage());
        }
        if (!(json.get("manifests") instanceof List<?> list)) return Optional.empty();
        if (list.size() > MAX_ENTRIES) throw new WrongAnswerException("the registry's index has too many entries");
        List<Entry> entries = entries(list);
        Entry chosen = choose(entries)
                .orElseThrow(() -> new WrongAnswerException(
                        "none of the " + entries.size() + " manifests of the index is for " + os + "/" + architecture));
        try {
            return Optional.of(Digest.parse(chosen.digest()));
        } catch (PaddockException e) {
            throw new WrongAnswerException("the registry's index: " + e.getMessage());
        }
    }

    private static List<Entry> entries(List<?> list) {
        List<Entry> entries = new ArrayList<>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> entry)) continue;
            Map<?, ?> platform = entry.get("platform") instanceof Map<?, ?> map ? map : Map.of();
            String os = Json.text(platform, "os");
            // What tells where an image comes from is listed as one for an unknown machine.
            if (os.equals("unknown")) continue;
            entries.add(new Entry(Json.text(entry, "digest"), os, Json.text(platform, "architecture")));
        }
        return entries;
    }

    private Optional<Entry> choose(List<Entry> entries) {
        if (entries.size() == 1) return Optional.of(entries.getFirst());
        Optional<Entry> fitting = entries.stream()
                .filter(e -> e.os().equals(os) && e.architecture().equals(architecture))
                .findFirst();
        return fitting.isPresent()
                ? fitting
                : entries.stream().filter(Entry::isForAny).findFirst();
    }
}
