package dev.paddock.cli.run;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/** What Ctrl-C does while this is open. There is no other way than this old class of the JDK to go on after it. */
public final class Interrupt implements AutoCloseable {
    private final Signal signal = new Signal("INT");
    private final SignalHandler before;

    /** @param action runs on a thread of its own at each Ctrl-C */
    public Interrupt(Runnable action) {
        before = Signal.handle(signal, _ -> action.run());
    }

    @Override
    public void close() {
        Signal.handle(signal, before);
    }
}
