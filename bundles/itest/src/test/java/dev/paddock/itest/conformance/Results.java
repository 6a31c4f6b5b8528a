package dev.paddock.itest.conformance;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Listens to the run of all tests; JUnit makes it, so that what it heard is kept for the whole JVM. */
public final class Results implements TestExecutionListener {
    private static final Map<String, Outcome> HEARD = new ConcurrentHashMap<>();

    private volatile TestPlan plan;

    /** For JUnit. */
    public Results() {}

    /** What became of a test so far, by {@link Mark#test()}; of several runs the worst. */
    static Map<String, Outcome> heard() {
        return Map.copyOf(HEARD);
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        hear(test, new Outcome(Outcome.Kind.SKIPPED, reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        // That a class has passed says nothing of what was skipped in it.
        if (!passed || method(test).isPresent()) hear(test, outcome(result));
    }

    private static Outcome outcome(TestExecutionResult result) {
        String reason = result.getThrowable()
                .map(Throwable::getMessage)
                .orElse("no reason given")
                .replace("Assumption failed: ", "");
        return switch (result.getStatus()) {
            case SUCCESSFUL -> Outcome.PASSED;
            case FAILED -> new Outcome(Outcome.Kind.FAILED, reason);
            case ABORTED -> new Outcome(absent(result) ? Outcome.Kind.ABSENT : Outcome.Kind.SKIPPED, reason);
        };
    }

    private static boolean absent(TestExecutionResult result) {
        return result.getThrowable().filter(NotInClient.class::isInstance).isPresent();
    }

    /** What ends a class ends all of its tests. */
    private void hear(TestIdentifier test, Outcome outcome) {
        method(test).ifPresent(name -> HEARD.merge(name, outcome, Outcome.WORSE));
        if (method(test).isEmpty()) plan.getChildren(test).forEach(child -> hear(child, outcome));
    }

    private static Optional<String> method(TestIdentifier test) {
        return test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(MethodSource.class::cast)
                .map(source -> source.getClassName() + '#' + source.getMethodName());
    }
}
