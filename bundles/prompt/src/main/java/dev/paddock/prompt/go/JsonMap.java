package dev.paddock.prompt.go;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;

/** A map that prints as JSON, sorted by its keys. */
public final class JsonMap extends AbstractMap<String, Object> implements Shown {
    private final Map<String, Object> values;

    /** A view of a map that does not change. */
    public JsonMap(Map<String, Object> values) {
        this.values = values;
    }

    @Override
    public Object get(Object key) {
        return values.get(key);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return values.entrySet();
    }

    @Override
    public String text(Run run) {
        return GoJson.text(this, run);
    }
}
