package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;

/** A tuple; never changed after it was made. */
class Tuple extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;

    Tuple(Collection<?> items) {
        super(items);
    }

    static Tuple of(Object... items) {
        return new Tuple(Arrays.asList(items));
    }
}
