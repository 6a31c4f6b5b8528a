package dev.paddock.dialect.kit;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A JSON object from a client, read field by field. Names match without regard to case, null counts as absent, every
 * error names the field, and {@link #unread} tells what nobody asked for. One thread.
 */
public final class Fields {
    private final String path;
    private final UnaryOperator<String> spelled;
    private final Map<String, Object> json;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> spelling = new LinkedHashMap<>();
    private final Set<String> read = new LinkedHashSet<>();
    private final List<Fields> children = new ArrayList<>();
    private final Map<String, Fields> objects = new LinkedHashMap<>();

    /** The fields of a whole body. */
    public Fields(Map<String, Object> json) {
        this("", json, name -> name.toLowerCase(Locale.ROOT));
    }

    /** The fields of a body in protobuf's JSON: names match in camelCase and in snake_case. */
    public static Fields protobuf(Map<String, Object> json) {
        return new Fields("", json, name -> name.toLowerCase(Locale.ROOT).replace("_", ""));
    }

    private Fields(String path, Map<String, Object> json, UnaryOperator<String> spelled) {
        this.path = path;
        this.json = json;
        this.spelled = spelled;
        json.forEach((name, value) -> {
            String key = spelled.apply(name);
            spelling.put(key, name);
            if (value == null) values.remove(key);
            else values.put(key, value);
        });
    }

    /** The value as Jackson read it; empty when absent or null. */
    public Optional<Object> value(String name) {
        String key = spelled.apply(name);
        read.add(key);
        return Optional.ofNullable(values.get(key));
    }

    /** A text. */
    public Optional<String> text(String name) {
        return typed(name, String.class, "a string");
    }

    /** A truth value, or the default when absent. */
    public boolean flag(String name, boolean absent) {
        return typed(name, Boolean.class, "true or false").orElse(absent);
    }

    /** A finite number. */
    public Optional<Number> number(String name) {
        Optional<Number> number = typed(name, Number.class, "a number");
        if (number.isPresent() && !Double.isFinite(number.get().doubleValue())) throw wrong(name, "a number");
        return number;
    }

    /** A whole number within the given bounds, both included. */
    public Optional<Long> integer(String name, long least, long most) {
        return number(name).map(n -> {
            double d = n.doubleValue();
            if (d != Math.rint(d) || d < least || d > most) {
                throw wrong(name, "a whole number from " + least + " to " + most);
            }
            return n.longValue();
        });
    }

    /** An object, fields in the client's order. */
    @SuppressWarnings("unchecked") // Jackson gives objects as maps with text keys
    public Optional<Map<String, Object>> map(String name) {
        return typed(name, Map.class, "an object").map(map -> (Map<String, Object>) map);
    }

    /** An object to be read field by field; the same one each time, so that several may read their parts of it. */
    public Optional<Fields> object(String name) {
        return map(name).map(m -> objects.computeIfAbsent(name, _ -> child(at(name), m)));
    }

    /** A list; empty when absent. */
    public List<?> list(String name) {
        return typed(name, List.class, "a list").orElse(List.of());
    }

    /** A list of objects to be read field by field; empty when absent. */
    @SuppressWarnings("unchecked") // as above
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof Map<?, ?> map)) throw wrong(name, "a list of objects");
            objects.add(child(at(name) + "[" + objects.size() + "]", (Map<String, Object>) map));
        }
        return objects;
    }

    /** A list of texts; empty when absent. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name)) {
            if (!(element instanceof String text)) throw wrong(name, "a list of strings");
            texts.add(text);
        }
        return texts;
    }

    /** A text or a list of texts. */
    public List<String> textOrTexts(String name) {
        return value(name).orElse(null) instanceof String s ? List.of(s) : texts(name);
    }

    /**
     * Refuses fields that are known but not honoured in this version, unless their value asks for nothing: false, 0, or
     * an empty text, list or object.
     */
    public void refuse(String... names) {
        for (String name : names) {
            if (!value(name).map(Fields::asksForNothing).orElse(true)) throw unsupported(name);
        }
    }

    /** The failure of a field that is known but not honoured in this version. */
    public PaddockException unsupported(String name) {
        return invalid("\"" + at(name) + "\" is not supported in this version of Paddock; leave it out");
    }

    /** Marks fields as known although their values change nothing. */
    public void accept(String... names) {
        for (String name : names) read.add(spelled.apply(name));
    }

    /** The object as the client sent it; none of its fields counts as unread. */
    public Map<String, Object> whole() {
        read.addAll(spelling.keySet());
        children.clear();
        objects.clear();
        return json;
    }

    /** The failure of a field that is not what it must be: {@code "stop" must be a string}. */
    public PaddockException wrong(String name, String expected) {
        return invalid("\"" + at(name) + "\" must be " + expected);
    }

    /** The paths of all fields that were sent and never asked for, here and below, in alphabetical order. */
    public Collection<String> unread() {
        Set<String> names = new TreeSet<>();
        spelling.forEach((key, name) -> {
            if (!read.contains(key)) names.add(at(name));
        });
        children.forEach(c -> names.addAll(c.unread()));
        return names;
    }

    /** The full name of a field as errors show it: {@code messages[2].content}. */
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private <T> Optional<T> typed(String name, Class<T> type, String expected) {
        return value(name).map(value -> {
            if (!type.isInstance(value)) throw wrong(name, expected);
            return type.cast(value);
        });
    }

    private Fields child(String at, Map<String, Object> map) {
        Fields child = new Fields(at, map, spelled);
        children.add(child);
        return child;
    }

    private static boolean asksForNothing(Object value) {
        return switch (value) {
            case Boolean b -> !b;
            case Number n -> n.doubleValue() == 0;
            case String s -> s.isEmpty();
            case Collection<?> c -> c.isEmpty();
            case Map<?, ?> m -> m.isEmpty();
            default -> false;
        };
    }

    private static PaddockException invalid(String message) {
        return new PaddockException(Fault.INVALID_REQUEST, message);
    }
}
