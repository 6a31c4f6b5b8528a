package dev.paddock.prompt.jinja;

import java.util.HashMap;
import java.util.Map;

/** Variables; what is not here is looked for outside. */
final class Scope {
    private final Scope outer;
    private final Map<String, Object> variables = new HashMap<>();

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
            Object value = scope.variables.get(name);
            if (value != null || scope.variables.containsKey(name)) return value;
        }
        return Undefined.variable(name);
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }
}
