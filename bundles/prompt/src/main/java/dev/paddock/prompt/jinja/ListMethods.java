package dev.paddock.prompt.jinja;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Methods of list and tuple: in the strict sandbox those that change nothing. */
final class ListMethods {
    private static final Signature INDEX = Signature.of("index(value, start?, stop?/)");
    private static final Signature COUNT = Signature.of("count(value/)");

    private static final Map<String, Signature> CHANGING = Map.of(
            "append", Signature.of("append(value/)"),
            "pop", Signature.of("pop(index?/)"),
            "insert", Signature.of("insert(index, value/)"),
            "extend", Signature.of("extend(values/)"),
            "remove", Signature.of("remove(value/)"),
            "clear", Signature.of("clear()"),
            "sort", Signature.of("sort(reverse?)"),
            "reverse", Signature.of("reverse()"));
    private static final Set<String> ASKING = Set.of("index", "count");

    private ListMethods() {}

    /** The method of that name, or {@link Undefined#MISSING}; one that must not change the list is undefined. */
    static Object find(Run run, List<?> list, String name) {
        if (ASKING.contains(name)) return asking(name, list);
        if (list instanceof Tuple) return Undefined.MISSING;
        if (name.equals("copy")) return (Function) (r, arguments) -> Values.list(r, list);
        if (!CHANGING.containsKey(name)) return Undefined.MISSING;
        if (!run.lenient() || !(list instanceof MadeList made)) return Access.unsafe(list, name);
        return (Function)
                (r, arguments) -> changed(r, made, name, CHANGING.get(name).bound(arguments));
    }

    /** {@code index} or {@code count} of anything with items. */
    static Function asking(String name, List<?> list) {
        return name.equals("index")
                ? (run, arguments) -> index(run, list, INDEX.bound(arguments))
                : (run, arguments) -> count(run, list, COUNT.bound(arguments));
    }

    private static long index(Run run, List<?> list, CallArguments arguments) {
        Object wanted = arguments.get(0);
        int length = list.size();
        var cut = Slices.Cut.of(arguments.get(1, null), arguments.get(2, null), null, length);
        for (int i = cut.start(); i < cut.stop(); i++) {
            if (Comparing.equal(run, list.get(i), wanted)) return i;
        }
        throw new TemplateException(Printing.shortened(Printing.repr(run, wanted)) + " is not in list");
    }

    private static long count(Run run, List<?> list, CallArguments arguments) {
        return list.stream()
                .filter(item -> Comparing.equal(run, item, arguments.get(0)))
                .count();
    }

    private static Object changed(Run run, MadeList list, String name, CallArguments arguments) {
        run.items(list.size());
        switch (name) {
            case "append" -> list.add(arguments.get(0));
            case "extend" -> list.addAll(Values.list(run, arguments.get(0)));
            case "insert" -> {
                var cut = Slices.Cut.of(arguments.get(0), null, null, list.size());
                list.add(cut.start(), arguments.get(1));
            }
            case "pop" -> {
                return popped(list, arguments.integer(0, -1));
            }
            case "remove" -> list.remove((int) index(run, list, arguments));
            case "sort" -> {
                var sorted = Sorting.sorted(run, list, AttributePath.SELF, arguments.flag(0));
                list.clear();
                list.addAll(sorted);
            }
            case "reverse" -> Collections.reverse(list);
            default -> list.clear();
        }
        run.grown(list.size());
        return null;
    }

    private static Object popped(MadeList list, int index) {
        int at = index < 0 ? index + list.size() : index;
        if (at < 0 || at >= list.size()) throw new TemplateException("pop index out of range");
        return list.remove(at);
    }
}
