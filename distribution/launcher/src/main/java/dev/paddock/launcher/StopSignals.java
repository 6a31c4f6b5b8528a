package dev.paddock.launcher;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * What the operating system's requests to end do: the first stops the server in order, and its exit code is then 0; a
 * second one ends it at once. Left to the JVM, the code would be that of a process that was killed.
 */
final class StopSignals {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");
    /** What a shell tells of a process that a signal ended. */
    private static final int KILLED = 128;

    private final Runnable stop;
    private final AtomicBoolean asked = new AtomicBoolean();

    private StopSignals(Runnable stop) {
        this.stop = stop;
    }

    /** @param stop is run at most once, on a thread of its own */
    static StopSignals to(Runnable stop) {
        var signals = new StopSignals(stop);
        NAMES.forEach(signals::listen);
        return signals;
    }

    /** Whether the end was asked for: whatever fails from then on is no failure. */
    boolean asked() {
        return asked.get();
    }

    private void listen(String name) {
        try {
            Signal signal = new Signal(name);
            SignalHandler before = Signal.handle(signal, this::came);
            // Who starts a program in the background has it ignore what is typed in the terminal.
            if (before == SignalHandler.SIG_IGN) Signal.handle(signal, before);
        } catch (IllegalArgumentException e) {
            LOG.debug("SIG{} stays with the JVM: {}", name, e.getMessage());
        }
    }

    private void came(Signal signal) {
        if (asked.getAndSet(true)) Runtime.getRuntime().halt(KILLED + signal.getNumber());
        LOG.info("SIG{}: what runs may end, a second signal ends it at once", signal.getName());
        Thread.ofPlatform().name("stop").start(stop);
    }
}
