package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;

/** Attributes and items, as the sandbox allows them. */
final class Access {
    private Access() {}

    /** {@code object.name}: a method or attribute first, then the key. */
    static Object attribute(Run run, Object object, String name) {
        Object found = own(run, object, name);
        if (found == Undefined.MISSING && object instanceof Map<?, ?> dict) found = Dicts.get(run, dict, name);
        return found == Undefined.MISSING ? Undefined.member(run, object, name) : found;
    }

    /** A method or attribute, never a key; {@link Undefined#MISSING} when there is none. */
    static Object own(Run run, Object object, String name) {
        // Python's own attributes, which lead out of the sandbox; what is undefined has few of them.
        boolean special = name.startsWith("__");
        if (!special || !name.equals("__class__")) Undefined.require(object);
        if (special && name.endsWith("__")) return unsafe(object, Printing.shortened(name));
        Object found = object instanceof Attributed attributed ? attributed.attribute(name) : Undefined.MISSING;
        if (found != Undefined.MISSING) return found;
        return switch (object) {
            case Map<?, ?> dict -> DictMethods.find(run, dict, name);
            case List<?> list -> ListMethods.find(run, list, name);
            case String text -> TextMethods.find(text, name);
            case Markup markup -> MarkupMethods.find(markup, name);
            case null, default -> Undefined.MISSING;
        };
    }

    static Undefined unsafe(Object object, String name) {
        return Undefined.because(
                "access to attribute '" + name + "' of '" + Values.typeName(object) + "' object is unsafe.");
    }

    /** {@code object[key]}: the item first, then the attribute. */
    static Object item(Run run, Object object, Object key) {
        Undefined.require(object);
        if (object instanceof Map<?, ?> dict) {
            if (Values.isList(key) || key instanceof Map<?, ?>) return Undefined.member(run, object, key);
            Object value = Dicts.get(run, dict, key);
            if (value != Undefined.MISSING) return value;
        } else if (Numbers.isWhole(key)) {
            Object value = element(run, object, Numbers.index(key, "index"));
            if (value != Undefined.MISSING) return value;
        }
        return Values.isText(key) ? attribute(run, object, key.toString()) : Undefined.member(run, object, key);
    }

    private static Object element(Run run, Object object, int index) {
        if (Values.isText(object)) return character(run, object, index);
        List<?> list = object instanceof NumberRange range ? range.list() : object instanceof List<?> l ? l : List.of();
        int at = fromEnd(index, list.size());
        return at < 0 ? Undefined.MISSING : list.get(at);
    }

    private static Object character(Run run, Object object, int index) {
        String text = object.toString();
        int steps = Math.abs(index);
        if (steps > text.length()) return Undefined.MISSING;
        run.look(steps);
        int at = index < 0 ? text.length() : 0;
        for (int i = 0; i < steps; i++) {
            if (index < 0 ? at == 0 : at == text.length()) return Undefined.MISSING;
            at = text.offsetByCodePoints(at, index < 0 ? -1 : 1);
        }
        if (at == text.length()) return Undefined.MISSING;
        String character = Character.toString(text.codePointAt(at));
        return object instanceof Markup ? new Markup(character) : character;
    }

    /** An index from the start, given one that may count from the end; -1 when it is outside. */
    private static int fromEnd(int index, int length) {
        long at = index < 0 ? (long) index + length : index;
        return at >= 0 && at < length ? (int) at : -1;
    }
}
