package dev.paddock.prompt.go;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code len}, {@code index} and {@code slice}. Of texts they count bytes of UTF-8. */
final class ItemFunctions {
    private ItemFunctions() {}

    static void addTo(Map<String, Function> functions) {
        functions.put("len", (arguments, run) -> length(Builtins.only("len", arguments), run));
        functions.put("index", ItemFunctions::index);
        functions.put("slice", ItemFunctions::slice);
    }

    private static long length(Object value, Run run) {
        return switch (value) {
            case null -> throw failed("len", "len of nil pointer");
            case String text -> bytes(text, run).length;
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            default -> throw failed("len", "len of type " + Values.typeName(value));
        };
    }

    private static byte[] bytes(String text, Run run) {
        run.read(text);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Object index(List<Object> arguments, Run run) {
        Builtins.atLeast("index", arguments, 1);
        Object value = arguments.getFirst();
        if (value == null) throw failed("index", "index of untyped nil");
        for (Object key : arguments.subList(1, arguments.size())) value = item(value, key, run);
        return value;
    }

    private static Object item(Object owner, Object key, Run run) {
        return switch (owner) {
            case null -> throw failed("index", "index of nil pointer");
            case List<?> list -> list.get(place("index", key, list.size() - 1));
            case String text -> {
                byte[] bytes = bytes(text, run);
                yield (long) (bytes[place("index", key, bytes.length - 1)] & 0xff);
            }
            case Map<?, ?> map -> {
                if (key instanceof String) yield map.get(key);
                throw failed("index", "value has type " + Values.typeName(key) + "; should be string");
            }
            default -> throw failed("index", "can't index item of type " + Values.typeName(owner));
        };
    }

    private static Object slice(List<Object> arguments, Run run) {
        Builtins.atLeast("slice", arguments, 1);
        Object value = arguments.getFirst();
        if (value == null) throw failed("slice", "slice of untyped nil");
        if (arguments.size() > 4) throw failed("slice", "too many slice indexes: " + (arguments.size() - 1));
        if (value instanceof String text) {
            if (arguments.size() == 4) throw failed("slice", "cannot 3-index slice a string");
            byte[] bytes = bytes(text, run);
            int from = from(arguments, bytes.length);
            return new String(bytes, from, to(arguments, from, bytes.length) - from, StandardCharsets.UTF_8);
        }
        if (value instanceof List<?> list) {
            int from = from(arguments, list.size());
            int to = to(arguments, from, list.size());
            if (arguments.size() == 4 && place("slice", arguments.get(3), list.size()) < to) {
                throw failed("slice", "invalid slice index: " + to + " > " + arguments.get(3));
            }
            return list.subList(from, to);
        }
        throw failed("slice", "can't slice item of type " + Values.typeName(value));
    }

    private static int from(List<Object> arguments, int size) {
        return arguments.size() < 2 ? 0 : place("slice", arguments.get(1), size);
    }

    private static int to(List<Object> arguments, int from, int size) {
        int to = arguments.size() < 3 ? size : place("slice", arguments.get(2), size);
        if (from > to) throw failed("slice", "invalid slice index: " + from + " > " + to);
        return to;
    }

    private static int place(String function, Object index, int last) {
        if (index == null) throw failed(function, "cannot index slice/array with nil");
        if (!Values.isInteger(index)) {
            throw failed(function, "cannot index slice/array with type " + Values.typeName(index));
        }
        long place = ((Number) index).longValue();
        if (place < 0 || place > last) throw failed(function, "index out of range: " + place);
        return (int) place;
    }

    private static GoTemplateException failed(String function, String why) {
        return new GoTemplateException("error calling " + function + ": " + why);
    }
}
