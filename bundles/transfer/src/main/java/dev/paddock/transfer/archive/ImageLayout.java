package dev.paddock.transfer.archive;

import dev.paddock.api.fault.PaddockException;
import dev.paddock.api.model.Digest;
import dev.paddock.api.model.ModelName;
import dev.paddock.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names and small files of OCI's image layout. */
final class ImageLayout {
    static final String MARK = "oci-layout";
    static final String INDEX = "index.json";
    static final byte[] MARK_CONTENT = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.US_ASCII);

    private static final Pattern BLOB = Pattern.compile("(?:\\./)?blobs/sha256/([0-9a-f]{64})");
    private static final int MAX_MODELS = 100;
    /** Ours, for the whole name; then what others write. */
    private static final List<String> NAMES =
            List.of("dev.paddock.model.name", "io.containerd.image.name", "org.opencontainers.image.ref.name");

    private ImageLayout() {}

    /**
     * One entry of the index.
     *
     * @param manifest its digest
     * @param name what the archive calls it; empty when it does not
     */
    record Model(Digest manifest, Optional<ModelName> name) {}

    static String blob(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    /** The digest that the name of an entry is of. */
    static Optional<Digest> digest(String entry) {
        var matcher = BLOB.matcher(entry);
        return matcher.matches() ? Optional.of(new Digest(matcher.group(1))) : Optional.empty();
    }

    static byte[] index(ModelName name, String mediaType, Digest manifest, int size) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        annotations.put("org.opencontainers.image.ref.name", name.tag());
        annotations.put(NAMES.getFirst(), name.full());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("mediaType", mediaType);
        entry.put("digest", manifest.toString());
        entry.put("size", size);
        entry.put("annotations", annotations);
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("schemaVersion", 2);
        index.put("mediaType", "application/vnd.oci.image.index.v1+json");
        index.put("manifests", List.of(entry));
        return Json.bytes(index);
    }

    /** @throws IOException when it is no index, or names nothing or too much */
    static List<Model> models(byte[] index) throws IOException {
        if (!(Json.object(index).get("manifests") instanceof List<?> list))
            throw new IOException("index.json names no models");
        List<Model> models = new ArrayList<>();
        for (Object each : list) if (each instanceof Map<?, ?> entry) models.add(model(entry));
        if (models.isEmpty() || models.size() > MAX_MODELS) {
            throw new IOException("index.json names " + models.size() + " models; 1 to " + MAX_MODELS + " are taken");
        }
        return models;
    }

    private static Model model(Map<?, ?> entry) throws IOException {
        Map<?, ?> annotations = entry.get("annotations") instanceof Map<?, ?> map ? map : Map.of();
        try {
            return new Model(Digest.parse(Json.text(entry, "digest")), name(annotations));
        } catch (PaddockException e) {
            throw new IOException("index.json: " + e.getMessage(), e);
        }
    }

    private static Optional<ModelName> name(Map<?, ?> annotations) {
        return NAMES.stream()
                .map(key -> Json.text(annotations, key))
                .filter(text -> !text.isEmpty())
                .flatMap(ImageLayout::parsed)
                .findFirst();
    }

    private static Stream<ModelName> parsed(String text) {
        try {
            return Stream.of(ModelName.parse(text));
        } catch (PaddockException e) {
            return Stream.empty();
        }
    }
}
