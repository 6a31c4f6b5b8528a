package dev.paddock.prompt.jinja;

import java.util.HashMap;
import java.util.Map;

/** All of Jinja's filters by name. */
final class Filters {
    private static final int CALL_BYTES = 64;
    private static final String LENIENT_ONLY = "from_json";

    private static final Map<String, Filter> FILTERS = new HashMap<>();

    static {
        TextFilters.add();
        MarkupFilters.add();
        NumberFilters.add();
        SequenceFilters.add();
        SelectionFilters.add();
        OrderFilters.add();
    }

    private Filters() {}

    /** Adds a filter by its signature, which leaves out the input. */
    static void add(String signature, Filter filter) {
        var bound = Signature.of(signature);
        FILTERS.put(bound.name(), (run, input, a) -> filter.apply(run, input, bound.bound(a)));
    }

    /** Adds a filter that looks at its arguments itself. */
    static void addFree(String name, Filter filter) {
        FILTERS.put(name, filter);
    }

    /** Whether there is one in any sandbox. */
    static boolean exists(String name) {
        return FILTERS.containsKey(name);
    }

    static boolean exists(Run run, String name) {
        return exists(name) && (run.lenient() || !name.equals(LENIENT_ONLY));
    }

    static Object apply(Run run, String name, Object input, CallArguments arguments) {
        run.work(1);
        run.memory(CALL_BYTES);
        if (!exists(run, name)) throw new TemplateException("No filter named '" + Printing.shortened(name) + "'.");
        Values.look(run, input);
        Object result = FILTERS.get(name).apply(run, input, arguments);
        return result instanceof String text ? run.made(text) : result;
    }
}
