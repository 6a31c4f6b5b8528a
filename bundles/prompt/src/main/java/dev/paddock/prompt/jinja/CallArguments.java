package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The values a function, filter, test or method is called with. Where a {@link Signature} was applied, all of them stand
 * in its order.
 */
record CallArguments(List<Object> positional, Map<String, Object> named) {
    static final CallArguments NONE = new CallArguments(List.of(), Map.of());

    int count() {
        return positional.size();
    }

    /** The argument at a place, or what stands for it. */
    Object get(int index, Object absent) {
        if (index >= positional.size()) return absent;
        Object value = positional.get(index);
        return value == Undefined.MISSING ? absent : value;
    }

    /** The argument at a place, which is there. */
    Object get(int index) {
        return positional.get(index);
    }

    boolean flag(int index) {
        return Values.truth(get(index, false));
    }

    int integer(int index, long absent) {
        return Numbers.index(get(index, absent), "argument");
    }

    /** An argument that must be text. */
    String text(int index) {
        return Text.require(positional.get(index), "argument");
    }

    /** These arguments without the first positional ones. */
    CallArguments from(int index) {
        return new CallArguments(positional.subList(Math.min(index, positional.size()), positional.size()), named);
    }

    /** These arguments with another one in front. */
    CallArguments behind(Object first) {
        List<Object> all = new ArrayList<>(positional.size() + 1);
        all.add(first);
        all.addAll(positional);
        return new CallArguments(all, named);
    }
}
