package dev.paddock.operator;

import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Waits until the engine knows a backend that was put into the directory of bundles. */
final class Probing {
    private final Duration patience;

    /** @param patience longest time to wait */
    Probing(Duration patience) {
        this.patience = patience;
    }

    /**
     * Waits for the end of a probe; interrupting the thread ends the wait.
     *
     * @return empty when the engine did not know it in time; a report that is not probed when that is still going on
     */
    Optional<BackendReport> await(EngineService engine, Jar jar) {
        Semaphore changed = new Semaphore(0);
        long until = System.nanoTime() + patience.toNanos();
        try (var _ = engine.onBackendsChanged(changed::release)) {
            while (true) {
                var report = find(engine.backends(), jar);
                long left = until - System.nanoTime();
                boolean known = report.map(BackendReport::probed).orElse(false);
                if (known || left <= 0) return report;
                if (changed.tryAcquire(left, TimeUnit.NANOSECONDS)) changed.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaddockException(
                    Fault.CANCELLED, jar.symbolicName() + " is installed, but nobody waited for its probe", e);
        }
    }

    static Optional<BackendReport> find(List<BackendReport> reports, Jar jar) {
        return reports.stream()
                .filter(report -> report.key().id().equals(jar.id())
                        && jar.is(report.key().version()))
                .findFirst();
    }
}
