package dev.paddock.cli.doctor;

import dev.paddock.cli.server.Failure;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Says how each step went, as soon as it is done. */
final class Steps {
    private final PrintStream out;
    private final List<Map<String, Object>> done = new ArrayList<>();
    private boolean failed;

    Steps(PrintStream out) {
        this.out = out;
    }

    /** What is to be seen, or thrown as a {@link Failure}. */
    interface Step<T> {
        T run();
    }

    void pass(String what, String seen) {
        say("PASS", what, seen);
    }

    void fail(String what, String why) {
        failed = true;
        say("FAIL", what, why);
    }

    void skip(String what, String why) {
        say("SKIP", what, why);
    }

    void check(String what, boolean passes, String seen) {
        if (passes) pass(what, seen);
        else fail(what, seen);
    }

    /** Does something that the next steps need; empty, and said, when it fails. */
    <T> Optional<T> need(String what, Step<T> step) {
        try {
            return Optional.of(step.run());
        } catch (Failure e) {
            fail(what, e.getMessage());
            return Optional.empty();
        }
    }

    boolean failed() {
        return failed;
    }

    /** All steps so far, and whether one failed. */
    Map<String, Object> json() {
        return Map.of("steps", done, "failed", failed);
    }

    private void say(String verdict, String what, String detail) {
        done.add(Map.of("verdict", verdict.toLowerCase(Locale.ROOT), "step", what, "detail", detail));
        out.println(String.format(Locale.ROOT, "%s  %s: %s", verdict, what, detail.replaceAll("\\p{Cntrl}+", " ")));
        out.flush();
    }
}
