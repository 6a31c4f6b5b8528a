package dev.paddock.prompt.jinja;

import java.util.Arrays;

/** A tuple of a key and the items that have it; they have names too. */
final class Group extends Tuple implements Attributed {
    private static final long serialVersionUID = 1L;

    Group(Object grouper, MadeList list) {
        super(Arrays.asList(grouper, list));
    }

    @Override
    public Object attribute(String name) {
        return switch (name) {
            case "grouper" -> get(0);
            case "list" -> get(1);
            default -> Undefined.MISSING;
        };
    }
}
