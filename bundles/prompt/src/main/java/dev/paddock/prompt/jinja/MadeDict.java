package dev.paddock.prompt.jinja;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A dict that the template made: its keys may be of any kind, and the lenient sandbox lets it be changed. Dicts that the
 * template was given have texts as keys and never change.
 */
final class MadeDict extends LinkedHashMap<Object, Object> {
    private static final long serialVersionUID = 1L;

    MadeDict() {}

    MadeDict(Map<?, ?> dict) {
        super(dict);
    }
}
