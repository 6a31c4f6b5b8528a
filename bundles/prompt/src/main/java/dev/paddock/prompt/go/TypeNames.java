package dev.paddock.prompt.go;

import java.util.AbstractList;
import java.util.List;

/** The types of a JSON schema: a single one prints as its name, and is a text in JSON. */
public final class TypeNames extends AbstractList<Object> implements Shown {
    private final List<String> names;

    /** The names as the schema has them. */
    public TypeNames(List<String> names) {
        this.names = List.copyOf(names);
    }

    @Override
    public String get(int index) {
        return names.get(index);
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public String text(Run run) {
        if (names.isEmpty()) return "";
        return names.size() == 1 ? names.getFirst() : "[" + String.join(" ", names) + "]";
    }

    Object json() {
        return names.size() == 1 ? names.getFirst() : names;
    }
}
