package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Attributes, items and slices, as the sandbox allows them. */
final class Access {
    private Access() {}

    /** {@code object.name}: a method or attribute first, then the key. */
    static Object attribute(Object object, String name) {
        Undefined.require(object);
        Object found = method(object, name);
        if (found != null) return found;
        if (object instanceof Map<?, ?> dict) found = Dicts.get(dict, name);
        else found = object instanceof Attributed attributed ? attributed.attribute(name) : Undefined.MISSING;
        return found == Undefined.MISSING ? missing(object, name) : found;
    }

    private static Object method(Object object, String name) {
        return switch (object) {
            case Map<?, ?> dict -> DictMethods.find(dict, name);
            case List<?> list -> ListMethods.find(list, name);
            case String text -> TextMethods.find(text, name);
            case Markup markup -> MarkupMethods.find(markup, name);
            case null, default -> null;
        };
    }

    private static Undefined missing(Object object, Object key) {
        String type = object == null ? "None" : Values.typeName(object) + " object";
        return new Undefined(
                Values.isText(key)
                        ? "'" + type + "' has no attribute '" + key + "'"
                        : type + " has no element " + Printing.repr(key));
    }

    /** {@code object[key]}: the item first, then the attribute. */
    static Object item(Object object, Object key) {
        Undefined.require(object);
        if (object instanceof Map<?, ?> dict) {
            boolean list = key instanceof List<?> && !(key instanceof Tuple);
            if (list || key instanceof Map<?, ?>) return missing(object, key);
            Object value = Dicts.get(dict, key);
            if (value != Undefined.MISSING) return value;
        } else if (Numbers.isInteger(key) || key instanceof Boolean) {
            Object value = element(object, Numbers.index(key, "index"));
            if (value != Undefined.MISSING) return value;
        }
        return Values.isText(key) ? attribute(object, key.toString()) : missing(object, key);
    }

    private static Object element(Object object, int index) {
        if (Values.isText(object)) {
            String text = object.toString();
            int at = fromEnd(index, text.codePointCount(0, text.length()));
            if (at < 0) return Undefined.MISSING;
            String character = Character.toString(text.codePointAt(text.offsetByCodePoints(0, at)));
            return object instanceof Markup ? new Markup(character) : character;
        }
        List<?> list = object instanceof NumberRange range ? range.list() : object instanceof List<?> l ? l : List.of();
        int at = fromEnd(index, list.size());
        return at < 0 ? Undefined.MISSING : list.get(at);
    }

    /** An index from the start, given one that may count from the end; -1 when it is outside. */
    private static int fromEnd(int index, int length) {
        long at = index < 0 ? (long) index + length : index;
        return at >= 0 && at < length ? (int) at : -1;
    }

    /** {@code object[start:stop:step]}; null stands for what was left out. */
    static Object slice(Object object, Object start, Object stop, Object stepGiven) {
        List<?> items = sliceable(object);
        int length = items.size();
        int step = stepGiven == null ? 1 : Numbers.index(stepGiven, "slice step");
        if (step == 0) throw new TemplateException("slice step cannot be zero");
        int from = bound(start, length, step).orElse(step > 0 ? 0 : length - 1);
        int to = bound(stop, length, step).orElse(step > 0 ? length : -1);
        List<Object> taken = new ArrayList<>();
        for (long i = from; step > 0 ? i < to : i > to; i += step) taken.add(items.get((int) i));
        if (!Values.isText(object)) return object instanceof Tuple ? new Tuple(taken) : taken;
        StringBuilder text = new StringBuilder();
        for (Object character : taken) text.append(character);
        return object instanceof Markup ? new Markup(text.toString()) : text.toString();
    }

    private static List<?> sliceable(Object object) {
        Undefined.require(object);
        return switch (object) {
            case List<?> list -> list;
            case NumberRange range -> range.list();
            case String text -> Text.characters(text);
            case Markup markup -> Text.characters(markup.text());
            case Map<?, ?> map -> throw new TemplateException("unhashable type: 'slice'");
            case null, default ->
                throw new TemplateException("'" + Values.typeName(object) + "' object is not subscriptable");
        };
    }

    private static Optional<Integer> bound(Object value, int length, int step) {
        if (value == null) return Optional.empty();
        long at = Numbers.index(value, "slice indices");
        if (at < 0) at += length;
        return Optional.of(step > 0 ? Math.clamp(at, 0, length) : Math.clamp(at, -1, length - 1));
    }
}
