package dev.paddock.prompt.jinja;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Python's dicts: 1, 1.0 and true are one key; lists and dicts are none. */
final class Dicts {
    private Dicts() {}

    static void put(Run run, MadeDict dict, Object key, Object value) {
        dict.put(existing(dict, hashable(run, key)), value);
        run.grown(dict.size());
    }

    /** The value of a key, or {@link Undefined#MISSING}. */
    static Object get(Run run, Map<?, ?> dict, Object key) {
        Object wanted = key instanceof String ? key : hashable(run, key);
        if (dict instanceof MadeDict made) wanted = existing(made, wanted);
        else if (!(wanted instanceof String)) return Undefined.MISSING;
        Object value = dict.get(wanted);
        return value != null || dict.containsKey(wanted) ? value : Undefined.MISSING;
    }

    static void remove(Run run, MadeDict dict, Object key) {
        dict.remove(existing(dict, hashable(run, key)));
    }

    /** Fails for what cannot be a key. */
    static void requireHashable(Run run, Object key) {
        hashable(run, key);
    }

    /** A key as it is stored. */
    private static Object hashable(Run run, Object key) {
        run.work(1);
        return switch (key) {
            case String s -> s;
            case Markup markup -> markup.text();
            case Integer i -> i.longValue();
            case Float f -> f.doubleValue();
            case BigDecimal d -> d.doubleValue();
            case Tuple tuple -> {
                run.nest();
                for (Object item : tuple) hashable(run, item);
                run.unnest();
                yield tuple;
            }
            case List<?> list -> throw unhashable(list);
            case Map<?, ?> map -> throw unhashable(map);
            case DictView view when !view.kind().equals("values") -> throw unhashable(view);
            case null, default -> key;
        };
    }

    private static TemplateException unhashable(Object key) {
        return new TemplateException("unhashable type: '" + Values.typeName(key) + "'");
    }

    /** The key of the dict that is equal to this one as a number, else this one. */
    private static Object existing(MadeDict dict, Object key) {
        if (!Numbers.isNumber(key) || dict.containsKey(key)) return key;
        if (Numbers.isFloat(key) && (Double.isNaN(Numbers.real(key)) || Double.isInfinite(Numbers.real(key)))) {
            return key;
        }
        var exact = Numbers.isFloat(key) ? new BigDecimal(Numbers.real(key)) : new BigDecimal(Numbers.big(key));
        Object whole = isWhole(exact) ? Numbers.normal(exact.toBigInteger()) : null;
        if (whole != null && dict.containsKey(whole)) return whole;
        double real = exact.doubleValue();
        if (new BigDecimal(Double.isInfinite(real) ? 0 : real).compareTo(exact) == 0 && dict.containsKey(real)) {
            return real;
        }
        Object truth = exact.signum() == 0 ? (Object) false : true;
        boolean isTruth = exact.signum() == 0 || exact.compareTo(BigDecimal.ONE) == 0;
        return isTruth && dict.containsKey(truth) ? truth : key;
    }

    private static boolean isWhole(BigDecimal number) {
        return new BigDecimal(number.toBigInteger()).compareTo(number) == 0;
    }

    static MadeList items(Run run, Map<?, ?> dict) {
        MadeList items = new MadeList(run.items(dict.size()));
        dict.forEach((key, value) -> items.add(Tuple.of(key, value)));
        return items;
    }
}
