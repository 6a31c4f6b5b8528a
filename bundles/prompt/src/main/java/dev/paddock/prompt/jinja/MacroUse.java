package dev.paddock.prompt.jinja;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Notes, while a macro's body is parsed, which of Jinja's implicit variables it names; what macros in it name counts for
 * it too.
 */
final class MacroUse {
    private static final Set<String> IMPLICIT = Set.of("caller", "varargs", "kwargs");

    private final Optional<MacroUse> outer;
    private final Set<String> named = new HashSet<>();

    MacroUse(Optional<MacroUse> outer) {
        this.outer = outer;
    }

    void named(String name) {
        if (!IMPLICIT.contains(name)) return;
        named.add(name);
        outer.ifPresent(use -> use.named(name));
    }

    /** Those that are not parameters, which hide them. */
    Statement.Implicit implicit(List<String> parameters) {
        return new Statement.Implicit(
                named.contains("caller"),
                named.contains("varargs") && !parameters.contains("varargs"),
                named.contains("kwargs") && !parameters.contains("kwargs"));
    }
}
