package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.Collection;

/** A list that the template made: the lenient sandbox lets it be changed. What the template was given never is one. */
final class MadeList extends ArrayList<Object> {
    private static final long serialVersionUID = 1L;

    MadeList() {}

    MadeList(int size) {
        super(size);
    }

    MadeList(Collection<?> items) {
        super(items);
    }
}
