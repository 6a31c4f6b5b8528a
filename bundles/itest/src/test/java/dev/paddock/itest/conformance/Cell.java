package dev.paddock.itest.conformance;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One API and one trait: what tests showed of it, or why there are none.
 *
 * @param shown in the order of their names
 * @param reason why this is not supported; empty when it is
 */
record Cell(Api api, Trait trait, List<Shown> shown, Optional<String> reason) {
    Cell {
        shown = shown.stream()
                .sorted(Comparator.comparing(Shown::name).thenComparing(Shown::method))
                .toList();
    }

    /** One character. */
    String mark() {
        for (var kind : List.of(Outcome.Kind.FAILED, Outcome.Kind.PASSED, Outcome.Kind.SKIPPED))
            if (has(kind)) return kind.mark;
        return reason.isPresent() ? Outcome.Kind.ABSENT.mark : "?";
    }

    private boolean has(Outcome.Kind kind) {
        return shown.stream().anyMatch(s -> s.outcome().kind() == kind);
    }

    /** Whether there is a test that shows it, whatever became of it. */
    boolean tested() {
        return shown.stream().anyMatch(s -> s.outcome().kind() != Outcome.Kind.ABSENT);
    }

    /** What must be put right in the code of the tests, if anything. */
    Optional<String> complaint() {
        String where = api.path + ' ' + trait.name();
        if (!tested() && reason.isEmpty())
            return Optional.of(where + " has neither a test with @Shows(api = Api." + api.name() + ", value = Trait."
                    + trait.name() + ") nor a reason in NotSupported");
        if (tested() && reason.isPresent())
            return Optional.of(where + " is shown by " + shown.getFirst().name() + '.'
                    + shown.getFirst().method() + ", but NotSupported says: " + reason.get());
        return Optional.empty();
    }
}
