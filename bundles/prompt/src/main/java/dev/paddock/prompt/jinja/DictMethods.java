package dev.paddock.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Methods of dict that the sandbox allows: those that change nothing. */
final class DictMethods {
    private static final Set<String> UNSAFE = Set.of("pop", "update", "setdefault", "clear", "popitem");

    private DictMethods() {}

    /** The method of that name, or null; one that would change the dict is undefined. */
    static Object find(Map<?, ?> dict, String name) {
        return switch (name) {
            case "get" -> (Function) (run, arguments) -> get(dict, arguments);
            case "items" -> (Function) (run, arguments) -> new DictView(name, Dicts.items(dict));
            case "keys" -> (Function) (run, arguments) -> new DictView(name, dict.keySet());
            case "values" -> (Function) (run, arguments) -> new DictView(name, dict.values());
            case "copy" -> (Function) (run, arguments) -> new LinkedHashMap<>(dict);
            default -> UNSAFE.contains(name) ? ListMethods.unsafe("dict", name) : null;
        };
    }

    private static Object get(Map<?, ?> dict, CallArguments arguments) {
        arguments.between(1, 2, "get");
        Object value = Dicts.get(dict, arguments.positional().getFirst());
        if (value != Undefined.MISSING) return value;
        return arguments.count() > 1 ? arguments.positional().get(1) : null;
    }
}
