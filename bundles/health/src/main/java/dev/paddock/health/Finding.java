package dev.paddock.health;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one check found.
 *
 * @param name the check's name
 * @param status how it stands
 * @param reason why, in one line
 */
record Finding(String name, Result.Status status, String reason) implements Comparable<Finding> {
    private static final Logger LOG = LoggerFactory.getLogger(Finding.class);

    /** Runs a check; one that throws is one that failed. */
    static Finding of(String name, HealthCheck check) {
        try {
            Result result = check.execute();
            StringBuilder reason = new StringBuilder();
            for (ResultLog.Entry entry : result) {
                if (!entry.isDebug())
                    reason.append(reason.isEmpty() ? "" : "; ").append(entry.getMessage());
            }
            return new Finding(name, result.getStatus(), reason.toString().replaceAll("\\s+", " "));
        } catch (RuntimeException e) {
            LOG.warn("health check {} failed", name, e);
            return new Finding(name, Result.Status.HEALTH_CHECK_ERROR, "the check itself failed: " + e.getMessage());
        }
    }

    /** Whether requests can be served; a warning does not prevent it. */
    boolean good() {
        return status == Result.Status.OK || status == Result.Status.WARN;
    }

    /** Without its reason. */
    Finding bare() {
        return new Finding(name, status, "");
    }

    String line() {
        String sign =
                switch (status) {
                    case OK -> "[+]";
                    case WARN -> "[!]";
                    default -> "[-]";
                };
        return sign + name + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** One line each. */
    static String lines(List<Finding> findings) {
        return findings.stream().map(finding -> finding.line() + "\n").collect(Collectors.joining());
    }

    @Override
    public int compareTo(Finding other) {
        return Comparator.comparing(Finding::name).thenComparing(Finding::line).compare(this, other);
    }
}
