package dev.paddock.api.settings;

import dev.paddock.api.fault.PaddockException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** A component's settings as their annotation declares them, for when what was configured cannot be used. */
public final class Defaults {
    private Defaults() {}

    /**
     * Reads a component's settings. A value that cannot be used does not keep a part of the server from starting: the
     * component gets its defaults, all of them, and the operator a sentence.
     *
     * @param type the annotation that declares the settings
     * @param given what was configured
     * @param reader throws {@link IllegalArgumentException} or {@link PaddockException} for a value of no use
     * @param told is given the sentence
     */
    public static <A extends Annotation, T> T read(
            Class<A> type, A given, Function<A, T> reader, Consumer<String> told) {
        try {
            return reader.apply(given);
        } catch (IllegalArgumentException | PaddockException e) {
            told.accept(e.getMessage() + "; all settings of this part keep their defaults until that is corrected");
            return reader.apply(of(type, Map.of()));
        }
    }

    /**
     * Asks a component's own reader whether it could work with these values, before they are set.
     *
     * @param type the annotation that declares the settings
     * @param values by key; what is missing has its default
     * @param reader throws {@link IllegalArgumentException} or {@link PaddockException} for a value of no use
     */
    public static <A extends Annotation> void check(Class<A> type, Map<String, Object> values, Consumer<A> reader) {
        reader.accept(of(type, values));
    }

    private static <A extends Annotation> A of(Class<A> type, Map<String, Object> values) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            Object value = values.get(method.getName().replace('_', '.'));
            return value == null ? method.getDefaultValue() : fit(value, method.getReturnType());
        }));
    }

    /** Config Admin's numbers have the width that they need, those of annotations the one that is declared. */
    private static Object fit(Object value, Class<?> type) {
        if (!(value instanceof Number number)) return value;
        if (type == int.class) return number.intValue();
        if (type == long.class) return number.longValue();
        return type == double.class ? number.doubleValue() : value;
    }
}
