package dev.paddock.prompt.jinja;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Variables; what is not here is looked for outside. Rounds of loops make one each, so a small one takes little. */
final class Scope {
    /** So many are found one by one sooner than by their hashes. */
    private static final int FEW = 8;
    /** What most rounds have: the loop, its item, and one more. */
    private static final int FIRST = 3;

    private static final Object ABSENT = new Object();

    private final Scope outer;
    private String[] names;
    private Object[] values;
    private int size;
    /** All of them, when there are more; else null. */
    private Map<String, Object> many;

    Scope(Scope outer) {
        this.outer = outer;
    }

    /** The scope of the whole template, in which only the given variables are outside. */
    Scope top() {
        Scope top = this;
        while (top.outer != null && top.outer.outer != null) top = top.outer;
        return top;
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Object value = scope.own(name);
            if (value != ABSENT) return value;
        }
        return Undefined.variable(name);
    }

    private Object own(String name) {
        if (many != null) return many.getOrDefault(name, ABSENT);
        int at = indexOf(name);
        return at < 0 ? ABSENT : values[at];
    }

    private int indexOf(String name) {
        // Nearly always the same object, or another name.
        for (int i = 0; i < size; i++) if (names[i] == name) return i;
        int hash = name.hashCode();
        for (int i = 0; i < size; i++) if (names[i].hashCode() == hash && names[i].equals(name)) return i;
        return -1;
    }

    void set(String name, Object value) {
        if (many != null) {
            many.put(name, value);
            return;
        }
        int at = indexOf(name);
        if (at >= 0) values[at] = value;
        else if (size < FEW) add(name, value);
        else {
            many = new HashMap<>();
            for (int i = 0; i < size; i++) many.put(names[i], values[i]);
            many.put(name, value);
        }
    }

    private void add(String name, Object value) {
        if (size == 0) {
            names = new String[FIRST];
            values = new Object[FIRST];
        } else if (size == names.length) {
            names = Arrays.copyOf(names, FEW);
            values = Arrays.copyOf(values, FEW);
        }
        names[size] = name;
        values[size++] = value;
    }
}
