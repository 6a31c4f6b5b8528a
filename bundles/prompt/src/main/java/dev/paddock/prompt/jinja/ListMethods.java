package dev.paddock.prompt.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Methods of list and tuple that the sandbox allows: those that change nothing. */
final class ListMethods {
    private static final Set<String> UNSAFE =
            Set.of("append", "pop", "insert", "extend", "remove", "clear", "sort", "reverse");

    private ListMethods() {}

    /** The method of that name, or null; one that would change the list is undefined. */
    static Object find(List<?> list, String name) {
        boolean tuple = list instanceof Tuple;
        return switch (name) {
            case "index" -> (Function) (run, arguments) -> index(list, arguments.first("index"));
            case "count" ->
                (Function) (run, arguments) -> {
                    Object wanted = arguments.first("count");
                    return list.stream()
                            .filter(item -> Comparing.equal(item, wanted))
                            .count();
                };
            case "copy" -> tuple ? null : (Function) (run, arguments) -> new ArrayList<>(list);
            default -> !tuple && UNSAFE.contains(name) ? unsafe("list", name) : null;
        };
    }

    static Undefined unsafe(String type, String name) {
        return new Undefined("access to attribute '" + name + "' of '" + type + "' object is unsafe.");
    }

    private static long index(List<?> list, Object wanted) {
        for (int i = 0; i < list.size(); i++) {
            if (Comparing.equal(list.get(i), wanted)) return i;
        }
        throw new TemplateException(Printing.repr(wanted) + " is not in list");
    }
}
