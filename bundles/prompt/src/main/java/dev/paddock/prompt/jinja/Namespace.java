package dev.paddock.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code namespace()}: the one thing whose attributes a template can set. */
record Namespace(Map<String, Object> values) implements Attributed {
    Namespace() {
        this(new LinkedHashMap<>());
    }

    @Override
    public Object attribute(String name) {
        return values.getOrDefault(name, Undefined.MISSING);
    }
}
