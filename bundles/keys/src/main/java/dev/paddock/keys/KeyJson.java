package dev.paddock.keys;

import dev.paddock.api.security.Grant;
import dev.paddock.api.security.Key;
import dev.paddock.api.security.Limits;
import dev.paddock.api.security.ModelPattern;
import dev.paddock.api.security.Scope;
import dev.paddock.json.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A key as JSON, over HTTP and in the file. */
final class KeyJson {
    private static final String HASH = "hash";

    private KeyJson() {}

    /** What everybody who may list keys sees; absent times are null. */
    static Map<String, Object> shown(Key key) {
        Map<String, Object> json = new LinkedHashMap<>();
        Grant grant = key.grant();
        json.put("id", key.id());
        json.put("name", key.name());
        json.put("prefix", key.prefix());
        json.put("scopes", grant.scopes().stream().sorted().map(Scope::text).toList());
        json.put("models", grant.models().stream().map(ModelPattern::text).toList());
        json.put("requests_per_minute", grant.limits().requestsPerMinute());
        json.put("tokens_per_minute", grant.limits().tokensPerMinute());
        json.put("parallel", grant.limits().parallel());
        json.put("priority", grant.priority());
        json.put("weight", grant.weight());
        json.put("created_at", key.createdAt().toString());
        json.put("expires_at", key.expiresAt().map(Instant::toString).orElse(null));
        json.put("last_used_at", key.lastUsedAt().map(Instant::toString).orElse(null));
        return json;
    }

    static Map<String, Object> kept(Entry entry) {
        Map<String, Object> json = shown(entry.key());
        json.put(HASH, entry.hash());
        return json;
    }

    /** @throws IllegalArgumentException when it was not made by {@link #kept} */
    static Entry read(Map<?, ?> json) {
        String hash = Json.text(json, HASH);
        String id = Json.text(json, "id");
        if (!hash.matches("[0-9a-f]{64}") || !id.matches("[0-9a-f]{1,64}")) {
            throw new IllegalArgumentException("a key lacks its id or its hash");
        }
        var limits = new Limits(
                whole(json, "requests_per_minute"),
                whole(json, "tokens_per_minute"),
                Math.toIntExact(whole(json, "parallel")));
        var grant = new Grant(
                Json.texts(json, "scopes").stream().map(KeyJson::scope).collect(Collectors.toSet()),
                patterns(json),
                limits,
                Math.toIntExact(whole(json, "priority")),
                json.get("weight") instanceof Number weight ? weight.doubleValue() : 0);
        var key = new Key(
                id,
                KeyRing.requireName(Json.text(json, "name")),
                Json.text(json, "prefix"),
                grant,
                time(json, "created_at").orElseThrow(() -> new IllegalArgumentException("created_at is missing")),
                time(json, "expires_at"),
                time(json, "last_used_at"));
        return new Entry(key, hash);
    }

    /** A pattern that got lost would give all models: the list must be there, and hold nothing but patterns. */
    private static List<ModelPattern> patterns(Map<?, ?> json) {
        if (!(json.get("models") instanceof List<?> list)) throw new IllegalArgumentException("models is no list");
        return list.stream().map(text -> new ModelPattern(String.valueOf(text))).toList();
    }

    static Scope scope(String text) {
        return Scope.of(text).orElseThrow(() -> new IllegalArgumentException("there is no scope of that name"));
    }

    private static long whole(Map<?, ?> json, String name) {
        if (json.get(name) instanceof Number n && n.doubleValue() == n.longValue()) return n.longValue();
        throw new IllegalArgumentException(name + " is no whole number");
    }

    private static Optional<Instant> time(Map<?, ?> json, String name) {
        Object value = json.get(name);
        if (value == null) return Optional.empty();
        try {
            return Optional.of(Instant.parse(value.toString()));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(name + " is no time", e);
        }
    }
}
