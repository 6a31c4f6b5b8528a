package dev.paddock.prompt.jinja;

import java.util.List;
import java.util.Map;

/** The values a function, filter, test or method is called with. */
record CallArguments(List<Object> positional, Map<String, Object> named) {
    static final CallArguments NONE = new CallArguments(List.of(), Map.of());

    static CallArguments of(Object... values) {
        return new CallArguments(List.of(values), Map.of());
    }

    int count() {
        return positional.size();
    }

    /** The argument at a place or of a name, or what stands for it. */
    Object get(int index, String name, Object absent) {
        if (index < positional.size()) return positional.get(index);
        return named.containsKey(name) ? named.get(name) : absent;
    }

    boolean flag(int index, String name) {
        return Values.truth(get(index, name, false));
    }

    int integer(int index, String name, long absent) {
        return Numbers.index(get(index, name, absent), name);
    }

    /** The first argument, which must be there. */
    Object first(String function) {
        if (positional.isEmpty()) throw new TemplateException(function + " needs an argument");
        return positional.getFirst();
    }

    /** An argument that must be there and must be text. */
    String text(int index, String function) {
        if (index >= positional.size()) throw new TemplateException(function + "() needs more arguments");
        return Text.require(positional.get(index), function + "() argument");
    }

    void between(int least, int most, String function) {
        if (count() < least || count() > most) {
            throw new TemplateException(
                    function + "() takes " + least + " to " + most + " arguments (" + count() + " given)");
        }
    }

    /** These arguments without the first positional ones. */
    CallArguments from(int index) {
        return new CallArguments(positional.subList(Math.min(index, positional.size()), positional.size()), named);
    }
}
