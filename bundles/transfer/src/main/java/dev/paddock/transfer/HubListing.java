package dev.paddock.transfer;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.api.store.Layer;
import dev.paddock.api.store.MediaType;
import dev.paddock.json.Json;
import dev.paddock.transfer.net.Call;
import dev.paddock.transfer.net.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds the parts of a split model in a repository of Hugging Face, which gives no manifest of Ollama's kind for those: by
 * the list of its files, each with its digest and size.
 */
final class HubListing {
    private static final Set<String> HOSTS = Set.of("hf.co", "huggingface.co");
    private static final Pattern PART = Pattern.compile("(.+)-([0-9]{5})-of-([0-9]{5})\\.gguf");
    private static final String USUAL = "Q4_K_M";
    private static final int MAX_PARTS = 1000;

    private final Registry registry;
    private final ModelName name;

    HubListing(Registry registry, ModelName name) {
        this.registry = registry;
        this.name = name;
    }

    /** Whether a registry has such lists. */
    static boolean hasLists(ModelName name) {
        return HOSTS.contains(name.host().replaceAll(":[0-9]+$", "").toLowerCase(Locale.ROOT));
    }

    private record Part(String path, Digest digest, long size) {}

    /** The parts of the model that the tag means; empty when there is no complete split model. */
    Optional<Offer> find() throws IOException {
        Map<String, SortedMap<Integer, Part>> models = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Part part : list()) {
            var matcher = PART.matcher(part.path());
            if (!matcher.matches()) continue;
            models.computeIfAbsent(matcher.group(1), _ -> new TreeMap<>())
                    .put(Integer.parseInt(matcher.group(2)), part);
            counts.put(matcher.group(1), Integer.parseInt(matcher.group(3)));
        }
        List<String> whole = models.keySet().stream()
                .filter(stem -> isWhole(models.get(stem), counts.get(stem)))
                .toList();
        return choose(whole).map(stem -> offer(List.copyOf(models.get(stem).values())));
    }

    private static boolean isWhole(SortedMap<Integer, Part> parts, int count) {
        return parts.size() == count && parts.firstKey() == 1 && parts.lastKey() == count;
    }

    private Optional<String> choose(List<String> stems) {
        String tag = name.tag().equalsIgnoreCase(ModelName.DEFAULT_TAG) ? USUAL : name.tag();
        var word = Pattern.compile("(?i)(^|[^a-z0-9])" + Pattern.quote(tag) + "([^a-z0-9]|$)");
        Optional<String> named =
                stems.stream().filter(stem -> word.matcher(stem).find()).findFirst();
        boolean any = name.tag().equalsIgnoreCase(ModelName.DEFAULT_TAG);
        return named.isPresent() || !any ? named : stems.stream().findFirst();
    }

    private Offer offer(List<Part> parts) {
        Map<String, Offer.Wanted> files = new LinkedHashMap<>();
        for (Part part : parts) {
            var layer = new Layer(MediaType.MODEL, part.digest(), part.size());
            String path = "/" + name.namespace() + "/" + name.model() + "/resolve/main/" + part.path();
            String file = part.path().substring(part.path().lastIndexOf('/') + 1);
            files.put(file, new Offer.Wanted(layer, List.of(new BlobSource(registry, layer, address(path, null)))));
        }
        return new Offer.Files(files, Offer.Rest.NONE);
    }

    private List<Part> list() throws IOException {
        String path = "/api/models/" + name.namespace() + "/" + name.model() + "/tree/main";
        try (Reply reply = registry.session().send(Call.get(address(path, "recursive=true")))) {
            if (reply.status() != 200) throw Registry.failure(reply);
            List<Part> parts = new ArrayList<>();
            for (Object entry : Json.list(reply.all(Json.MAX_BYTES, "the list of files"))) {
                if (entry instanceof Map<?, ?> map) part(map).ifPresent(parts::add);
                if (parts.size() > MAX_PARTS) break;
            }
            return parts;
        }
    }

    private static Optional<Part> part(Map<?, ?> entry) {
        String path = Json.text(entry, "path");
        boolean usable =
                path.endsWith(".gguf") && path.length() <= 512 && path.chars().noneMatch(Character::isISOControl);
        if (!usable || !(entry.get("lfs") instanceof Map<?, ?> stored)) return Optional.empty();
        try {
            Digest digest = Digest.parse("sha256:" + Json.text(stored, "oid"));
            long size = Json.number(stored, "size");
            return size > 0 ? Optional.of(new Part(path, digest, size)) : Optional.empty();
        } catch (PaddockException e) {
            return Optional.empty();
        }
    }

    /** Escapes what a path must not have. */
    private URI address(String path, String query) {
        URI base = registry.base();
        try {
            return new URI(base.getScheme(), base.getAuthority(), path, query, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("no address: " + path, e);
        }
    }
}
