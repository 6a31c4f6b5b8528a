package dev.paddock.prompt.jinja;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Python's values in Java: None is null, bool {@link Boolean}, int and float see {@link Numbers}, str {@link String} or
 * {@link Markup}, list {@link List}, tuple {@link Tuple}, dict {@link Map}; the rest are types of this package.
 */
final class Values {
    private Values() {}

    static boolean isText(Object value) {
        return value instanceof String || value instanceof Markup;
    }

    /** Whether it is a list, and not a tuple. */
    static boolean isList(Object value) {
        return value instanceof List && !(value instanceof Tuple);
    }

    static String typeName(Object value) {
        return switch (value) {
            case null -> "NoneType";
            case Boolean b -> "bool";
            case String s -> "str";
            case Markup m -> "Markup";
            case Tuple t -> "tuple";
            case List<?> l -> "list";
            case Map<?, ?> m -> "dict";
            case Undefined u -> "Undefined";
            case Namespace n -> "Namespace";
            case NumberRange r -> "range";
            case LazySequence g -> "generator";
            case DictView v -> "dict_" + v.kind();
            case Macro m -> "Macro";
            case LoopContext l -> "LoopContext";
            case Function f -> "method";
            case Number n -> Numbers.isFloat(n) ? "float" : "int";
            default -> "object";
        };
    }

    static boolean truth(Object value) {
        // Nearly always: see Evaluator.
        if (value instanceof Boolean truth) return truth;
        return switch (value) {
            case null -> false;
            case Undefined u -> false;
            case String s -> !s.isEmpty();
            case Markup m -> !m.text().isEmpty();
            case Collection<?> c -> !c.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            case Number n ->
                Numbers.isFloat(n) ? n.doubleValue() != 0 : Numbers.big(n).signum() != 0;
            case DictView v -> !v.content().isEmpty();
            case NumberRange r -> r.length() > 0;
            case LoopContext l -> l.length() > 0;
            default -> true;
        };
    }

    /** Goes through the items of a value; of a generator those that are left. */
    static Iterator<?> iterate(Run run, Object value) {
        return switch (value) {
            case Undefined u -> List.of().iterator();
            case String s -> Text.characters(s);
            case Markup m -> Text.characters(m.text());
            case MadeList l -> run.lenient() ? new MadeList(l).iterator() : l.iterator();
            case MadeDict d ->
                run.lenient() ? new MadeList(d.keySet()).iterator() : d.keySet().iterator();
            case Map<?, ?> m -> m.keySet().iterator();
            case Collection<?> c -> c.iterator();
            case DictView v ->
                run.lenient()
                        ? new MadeList(v.content()).iterator()
                        : v.content().iterator();
            case NumberRange r -> r.list().iterator();
            case LoopContext l -> l;
            case LazySequence g -> g;
            case null, default -> throw new TemplateException("'" + typeName(value) + "' object is not iterable");
        };
    }

    /** A list of its own of the items of a value. */
    static MadeList list(Run run, Object value) {
        Collection<?> known =
                switch (value) {
                    case Collection<?> c -> c;
                    case DictView v -> v.content();
                    case NumberRange r -> r.list();
                    case null, default -> List.of();
                };
        MadeList list = new MadeList(run.items(known.size()));
        var items = iterate(run, value);
        while (items.hasNext()) {
            list.add(items.next());
            if (list.size() > known.size()) run.grown(list.size());
        }
        return list;
    }

    static long length(Object value) {
        return switch (value) {
            case Undefined u -> 0;
            case String s -> s.codePointCount(0, s.length());
            case Markup m -> m.text().codePointCount(0, m.text().length());
            case Collection<?> c -> c.size();
            case Map<?, ?> m -> m.size();
            case DictView v -> v.content().size();
            case NumberRange r -> r.length();
            case LoopContext l -> l.length();
            case null, default -> throw new TemplateException("object of type '" + typeName(value) + "' has no len()");
        };
    }

    /** Counts a look at all of a value. */
    static void look(Run run, Object value) {
        switch (value) {
            case String s -> run.look(s.length());
            case Markup m -> run.look(m.text().length());
            case Collection<?> c -> run.look(8L * c.size());
            case Map<?, ?> m -> run.look(8L * m.size());
            case null, default -> {}
        }
    }
}
