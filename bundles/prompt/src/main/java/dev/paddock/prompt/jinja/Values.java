package dev.paddock.prompt.jinja;

import java.util.ArrayList;
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
        return switch (value) {
            case null -> false;
            case Undefined u -> false;
            case Boolean b -> b;
            case String s -> !s.isEmpty();
            case Markup m -> !m.text().isEmpty();
            case Collection<?> c -> !c.isEmpty();
            case Map<?, ?> m -> !m.isEmpty();
            case Number n ->
                Numbers.isFloat(n) ? n.doubleValue() != 0 : Numbers.big(n).signum() != 0;
            case DictView v -> !v.content().isEmpty();
            case NumberRange r -> r.length() > 0;
            case LoopContext l -> !l.items().isEmpty();
            default -> true;
        };
    }

    static Iterable<?> iterate(Object value) {
        return switch (value) {
            case Undefined u -> List.of();
            case String s -> Text.characters(s);
            case Markup m -> Text.characters(m.text());
            case Map<?, ?> m -> new ArrayList<>(m.keySet());
            case Collection<?> c -> c;
            case DictView v -> v.content();
            case NumberRange r -> r.list();
            case LoopContext l -> l.items();
            case LazySequence g -> () -> castIterator(g);
            case null, default -> throw new TemplateException("'" + typeName(value) + "' object is not iterable");
        };
    }

    @SuppressWarnings("unchecked")
    private static Iterator<Object> castIterator(LazySequence sequence) {
        return (Iterator<Object>) sequence.items();
    }

    static List<Object> list(Object value) {
        List<Object> list = new ArrayList<>();
        for (Object item : iterate(value)) list.add(item);
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
            case LoopContext l -> l.items().size();
            case null, default -> throw new TemplateException("object of type '" + typeName(value) + "' has no len()");
        };
    }
}
