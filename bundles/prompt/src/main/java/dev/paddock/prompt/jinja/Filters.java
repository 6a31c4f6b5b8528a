package dev.paddock.prompt.jinja;

import java.util.HashMap;
import java.util.Map;

/** All of Jinja's filters by name. */
final class Filters {
    private static final Map<String, Filter> FILTERS = new HashMap<>();

    static {
        TextFilters.addTo(FILTERS);
        MarkupFilters.addTo(FILTERS);
        NumberFilters.addTo(FILTERS);
        SequenceFilters.addTo(FILTERS);
        SelectionFilters.addTo(FILTERS);
    }

    private Filters() {}

    static boolean exists(String name) {
        return FILTERS.containsKey(name);
    }

    static Object apply(Run run, String name, Object input, CallArguments arguments) {
        var filter = FILTERS.get(name);
        if (filter == null) throw new TemplateException("No filter named '" + name + "'.");
        return filter.apply(run, input, arguments);
    }
}
