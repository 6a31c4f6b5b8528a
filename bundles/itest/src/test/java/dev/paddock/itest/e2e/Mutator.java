package dev.paddock.itest.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Changes requests so that they are nearly right: it knows the fields that requests have and of which type they are, and
 * gives them values of that type that are unusual, values of other types, or each other's. One thread; the same seed makes
 * the same requests.
 */
final class Mutator {
    private static final int MOST_CHANGES = 3;

    private final Random random;
    /** Values by the name of the field that they were seen in. */
    private final Map<String, List<Object>> seen;

    Mutator(long seed, Map<String, List<Object>> seen) {
        this.random = new Random(seed);
        this.seen = seen;
    }

    /** All fields of some bodies, at any depth, with the values that they have. */
    static Map<String, List<Object>> fields(Iterable<?> bodies) {
        Map<String, List<Object>> fields = new LinkedHashMap<>();
        bodies.forEach(body -> gather(body, fields));
        return fields;
    }

    private static void gather(Object value, Map<String, List<Object>> fields) {
        switch (value) {
            case Map<?, ?> map ->
                map.forEach((name, inner) -> {
                    fields.computeIfAbsent(name.toString(), _ -> new ArrayList<>())
                            .add(inner);
                    gather(inner, fields);
                });
            case List<?> list -> list.forEach(inner -> gather(inner, fields));
            case null, default -> {}
        }
    }

    /** A body with one to three changes somewhere in it. */
    Object body(Object valid) {
        Object changed = valid;
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) changed = change(changed);
        return changed;
    }

    /** Bytes of a body that is cut, has a byte too many, or is as it was. */
    byte[] bytes(byte[] json) {
        return switch (random.nextInt(12)) {
            case 0 -> java.util.Arrays.copyOf(json, random.nextInt(json.length + 1));
            case 1 -> {
                byte[] broken = json.clone();
                if (broken.length > 0) broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
                yield broken;
            }
            default -> json;
        };
    }

    /** A path with a part that is nobody's, doubled, encoded or cut; mostly as it was. */
    String path(String path) {
        return switch (random.nextInt(20)) {
            case 0 -> path + "/" + oneOf("x", "..%2f..%2fetc%2fpasswd", "%00", "a%20b", "*");
            case 1 -> path.replaceFirst("starter|_0|-0", oneOf("", "%C3%A9", "a:b:c", "x".repeat(2000), "%ff", "@"));
            case 2 ->
                path
                        + (path.contains("?") ? "&" : "?")
                        + oneOf("limit=-1", "limit=x", "after=%00", "order=up", "beta=true");
            default -> path;
        };
    }

    String method(String method) {
        return random.nextInt(40) == 0 ? oneOf("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD") : method;
    }

    private Object change(Object value) {
        return switch (value) {
            case Map<?, ?> map -> changedMap(map);
            case List<?> list -> changedList(list);
            case null, default -> scalar(value);
        };
    }

    private Object changedMap(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((name, inner) -> copy.put(name.toString(), inner));
        List<String> names = List.copyOf(copy.keySet());
        int what = random.nextInt(10);
        if (what == 0) return scalar(copy);
        if (what == 1 || names.isEmpty()) {
            String name = random.nextInt(4) == 0
                    ? oneOf("", "__proto__", "a\u0000b", "x".repeat(300))
                    : any(List.copyOf(seen.keySet()));
            copy.put(name, random.nextBoolean() ? any(seen.getOrDefault(name, List.of(1))) : scalar(null));
            return copy;
        }
        String name = any(names);
        switch (what) {
            case 2 -> copy.remove(name);
            case 3 -> copy.put(name, any(seen.get(any(List.copyOf(seen.keySet())))));
            case 4 -> copy.put(name, any(seen.getOrDefault(name, List.of(""))));
            default -> copy.put(name, change(copy.get(name)));
        }
        return copy;
    }

    private Object changedList(List<?> list) {
        List<Object> copy = new ArrayList<>(list);
        switch (random.nextInt(6)) {
            case 0 -> copy.clear();
            case 1 -> copy.add(scalar(null));
            case 2 -> {
                if (!copy.isEmpty()) for (int i = copy.size(); i < 40; i++) copy.add(copy.getFirst());
            }
            case 3 -> {
                return scalar(list);
            }
            default -> {
                if (!copy.isEmpty()) {
                    int at = random.nextInt(copy.size());
                    copy.set(at, change(copy.get(at)));
                }
            }
        }
        return copy;
    }

    /** An unusual value, of the same type half of the time. */
    private Object scalar(Object was) {
        if (random.nextBoolean()) {
            switch (was) {
                case Number _ -> {
                    return number();
                }
                case String text -> {
                    return text(text);
                }
                case Boolean flag -> {
                    return !flag;
                }
                case null, default -> {}
            }
        }
        return switch (random.nextInt(7)) {
            case 0 -> null;
            case 1 -> number();
            case 2 -> text("x");
            case 3 -> random.nextBoolean();
            case 4 -> List.of();
            case 5 -> Map.of();
            default -> nested(random.nextInt(60));
        };
    }

    private Object number() {
        Number[] numbers = {
            0,
            -1,
            1,
            2,
            1000,
            -2147483648,
            2147483648L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            1e308,
            -1e308,
            0.5,
            -0.0,
            1e-320
        };
        return numbers[random.nextInt(numbers.length)];
    }

    private String text(String was) {
        return switch (random.nextInt(9)) {
            case 0 -> "";
            case 1 -> was + "\u0000";
            case 2 -> was.repeat(1 + random.nextInt(50));
            case 3 -> "\ud83d\ude00 \u202e%s%n${x} {{ . }} {% raise %} <|im_end|> </tool_call>";
            case 4 -> "../../../etc/passwd";
            case 5 -> was.isEmpty() ? " " : was.substring(random.nextInt(was.length()));
            case 6 -> "{\"a\":[1,2";
            case 7 -> "1e9999";
            default -> "a".repeat(20_000);
        };
    }

    private static Object nested(int depth) {
        Object value = 1;
        for (int i = 0; i < depth; i++) value = i % 2 == 0 ? List.of(value) : Map.of("a", value);
        return value;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String oneOf(String... all) {
        return all[random.nextInt(all.length)];
    }
}
