package dev.paddock.prompt.jinja;

import java.util.Set;
import java.util.function.UnaryOperator;

/** Filters that select and change items. */
final class SelectionFilters {
    private SelectionFilters() {}

    static void add() {
        Filters.addFree("map", SelectionFilters::map);
        Filters.addFree("select", (run, input, a) -> select(run, input, a, false, true));
        Filters.addFree("reject", (run, input, a) -> select(run, input, a, false, false));
        Filters.addFree("selectattr", (run, input, a) -> select(run, input, a, true, true));
        Filters.addFree("rejectattr", (run, input, a) -> select(run, input, a, true, false));
        Filters.add("unique(case_sensitive?, attribute?)", SelectionFilters::unique);
        Filters.add("attr(name)", (run, input, a) -> attribute(run, input, Text.require(a.get(0), "name")));
    }

    private static Object map(Run run, Object input, CallArguments arguments) {
        return LazySequence.of(run, input, () -> LazySequence.Step.changing(change(run, arguments)));
    }

    private static UnaryOperator<Object> change(Run run, CallArguments arguments) {
        var named = arguments.named();
        if (arguments.count() == 0 && named.containsKey("attribute")) {
            boolean known = named.keySet().stream().allMatch(Set.of("attribute", "default")::contains);
            if (!known) throw new TemplateException("Unexpected keyword argument");
            Object absent = named.get("default");
            return AttributePath.of(run, named.get("attribute"), absent);
        }
        if (arguments.count() == 0) throw new TemplateException("map requires a filter argument");
        String name = Text.require(arguments.get(0), "filter name");
        var rest = arguments.from(1);
        return item -> Filters.apply(run, name, item, rest);
    }

    private static Object select(Run run, Object input, CallArguments arguments, boolean byAttribute, boolean keep) {
        return LazySequence.of(run, input, () -> {
            if (byAttribute && arguments.count() == 0) {
                throw new TemplateException("Missing parameter for attribute name");
            }
            var key = byAttribute ? AttributePath.of(run, arguments.get(0)) : AttributePath.SELF;
            var check = arguments.from(byAttribute ? 1 : 0);
            return LazySequence.Step.keeping(item -> passes(run, key.apply(item), check) == keep);
        });
    }

    private static boolean passes(Run run, Object value, CallArguments check) {
        if (check.count() == 0) return Values.truth(value);
        return Checks.test(run, Text.require(check.get(0), "test name"), value, check.from(1));
    }

    private static Object unique(Run run, Object input, CallArguments arguments) {
        var key = Sorting.key(run, arguments.get(1, null), arguments.flag(0));
        return LazySequence.of(run, () -> {
            MadeDict seen = new MadeDict();
            return LazySequence.of(
                    run,
                    Values.list(run, input),
                    () -> LazySequence.Step.keeping(item -> {
                        Object itemKey = key.apply(item);
                        boolean isNew = Dicts.get(run, seen, itemKey) == Undefined.MISSING;
                        Dicts.put(run, seen, itemKey, true);
                        return isNew;
                    }));
        });
    }

    /** Only the attribute, never the key of a dict. */
    private static Object attribute(Run run, Object input, String name) {
        Object found = Access.own(run, input, name);
        return found == Undefined.MISSING ? Undefined.member(run, input, name) : found;
    }
}
