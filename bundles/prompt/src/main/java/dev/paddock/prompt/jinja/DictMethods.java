package dev.paddock.prompt.jinja;

import java.util.Map;

/** Methods of dict: in the strict sandbox those that change nothing. */
final class DictMethods {
    private static final Signature GET = Signature.of("get(key, default?/)");
    private static final Signature NOTHING = Signature.of("this method()");

    private static final Map<String, Signature> CHANGING = Map.of(
            "pop", Signature.of("pop(key, default?/)"),
            "update", Signature.of("update(other/)"),
            "setdefault", Signature.of("setdefault(key, default?/)"),
            "clear", Signature.of("clear()"),
            "popitem", Signature.of("popitem()"));

    private DictMethods() {}

    /** The method of that name, or {@link Undefined#MISSING}; one that must not change the dict is undefined. */
    static Object find(Run run, Map<?, ?> dict, String name) {
        return switch (name) {
            case "get" -> (Function) (r, arguments) -> get(r, dict, GET.bound(arguments));
            case "items", "keys", "values", "copy" ->
                (Function) (r, arguments) -> {
                    NOTHING.bound(arguments);
                    return all(r, dict, name);
                };
            default -> {
                if (!CHANGING.containsKey(name)) yield Undefined.MISSING;
                if (!run.lenient() || !(dict instanceof MadeDict made)) yield Access.unsafe(dict, name);
                yield (Function) (r, arguments) ->
                        changed(r, made, name, CHANGING.get(name).bound(arguments));
            }
        };
    }

    private static Object all(Run run, Map<?, ?> dict, String name) {
        return switch (name) {
            case "items" -> new DictView(name, Dicts.items(run, dict));
            case "keys" -> new DictView(name, dict.keySet());
            case "values" -> new DictView(name, dict.values());
            default -> {
                run.items(dict.size());
                yield new MadeDict(dict);
            }
        };
    }

    private static Object get(Run run, Map<?, ?> dict, CallArguments arguments) {
        Object value = Dicts.get(run, dict, arguments.get(0));
        return value == Undefined.MISSING ? arguments.get(1, null) : value;
    }

    private static Object changed(Run run, MadeDict dict, String name, CallArguments arguments) {
        switch (name) {
            case "update" -> {
                if (!(arguments.get(0) instanceof Map<?, ?> other))
                    throw new TemplateException("update() needs a dict");
                run.items(other.size());
                new MadeDict(other).forEach((key, value) -> Dicts.put(run, dict, key, value));
                return null;
            }
            case "clear" -> {
                dict.clear();
                return null;
            }
            case "popitem" -> {
                if (dict.isEmpty()) throw new TemplateException("popitem(): dictionary is empty");
                var last = dict.pollLastEntry();
                return Tuple.of(last.getKey(), last.getValue());
            }
            default -> {
                return keyed(run, dict, name, arguments);
            }
        }
    }

    private static Object keyed(Run run, MadeDict dict, String name, CallArguments arguments) {
        Object key = arguments.get(0);
        Object value = Dicts.get(run, dict, key);
        if (name.equals("setdefault")) {
            if (value != Undefined.MISSING) return value;
            Dicts.put(run, dict, key, arguments.get(1, null));
            return arguments.get(1, null);
        }
        if (value == Undefined.MISSING) {
            Object absent = arguments.get(1, Undefined.MISSING);
            if (absent == Undefined.MISSING) throw new TemplateException("pop(): no such key");
            return absent;
        }
        Dicts.remove(run, dict, key);
        return value;
    }
}
