package dev.paddock.prompt.go;

import java.util.AbstractList;
import java.util.List;

/** A list that prints as JSON. */
public final class JsonList extends AbstractList<Object> implements Shown {
    private final List<?> items;

    /** A view of a list that does not change. */
    public JsonList(List<?> items) {
        this.items = items;
    }

    @Override
    public Object get(int index) {
        return items.get(index);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public String text(Run run) {
        return GoJson.text(this, run);
    }
}
