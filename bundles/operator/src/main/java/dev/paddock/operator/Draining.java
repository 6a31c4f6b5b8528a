package dev.paddock.operator;

import dev.paddock.api.engine.Tally;
import dev.paddock.api.fault.BusyException;
import dev.paddock.api.fault.Fault;
import dev.paddock.api.lifecycle.Drain;
import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import dev.paddock.api.settings.SettingCheck;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the work that runs, as an observer of it, and lets no more begin when it is told so. */
@Component(
        service = {Drain.class, Observer.class, Draining.class, SettingCheck.class},
        configurationPid = Draining.PID)
@Designate(ocd = Draining.Config.class)
public final class Draining implements Drain, Observer, SettingCheck {
    /** Where its settings are. */
    public static final String PID = "dev.paddock.drain";

    private static final Logger LOG = LoggerFactory.getLogger(Draining.class);
    /** Whoever balances load has noticed by then, and a server that restarts may be back. */
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    /** How the server ends what runs. */
    @ObjectClassDefinition(name = "Draining", description = "How long a server that is told to stop works on")
    public @interface Config {
        @AttributeDefinition(
                name = "Drain time",
                description = "How long running answers may go on after the server was told to stop, as a duration like"
                        + " 30s; those that take longer are cut and end with an error. 0s = all are cut at once.")
        String drain_timeout() default "30s";
    }

    /**
     * {@link #finish} for the launcher. A service of its own: the launcher knows no types of ours, and does not see
     * services that have such.
     */
    @Component(service = Callable.class, property = "paddock.finish:Boolean=true")
    public static final class Finish implements Callable<Integer> {
        private final Draining draining;

        /** Of this one. */
        @Activate
        public Finish(@Reference Draining draining) {
            this.draining = draining;
        }

        @Override
        public Integer call() throws InterruptedException {
            return draining.finish();
        }
    }

    private volatile Duration patience;
    private int running;
    private boolean draining;
    private boolean ending;
    private long deadline;

    /** Reads the settings. A server that is ended by other means than a signal has its work ended in the same way. */
    @Activate
    public Draining(Config config, BundleContext context) {
        this(Defaults.read(Config.class, config, Draining::patience, LOG::error));
        context.addBundleListener((SynchronousBundleListener) this::stops);
    }

    /** The settings changed: what is counted goes on being counted. */
    @Modified
    void modified(Config config) {
        try {
            patience = patience(config);
        } catch (RuntimeException e) {
            LOG.error("the settings stay as they were: {}", e.getMessage());
        }
    }

    private static Duration patience(Config config) {
        return Durations.setting(PID, "drain.timeout", config.drain_timeout());
    }

    @Override
    public void check(Map<String, Object> values) {
        Defaults.check(Config.class, values, Draining::patience);
    }

    private void stops(BundleEvent event) {
        if (event.getBundle().getBundleId() != Constants.SYSTEM_BUNDLE_ID || event.getType() != BundleEvent.STOPPING)
            return;
        try {
            finish();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    Draining(Duration patience) {
        this.patience = patience;
    }

    @Override
    public synchronized boolean draining() {
        return draining;
    }

    @Override
    public synchronized void drain(boolean on) {
        if (draining != on) LOG.info(on ? "draining: {} requests run, no more begin" : "open again: {} run", running);
        draining = on || ending;
    }

    @Override
    public synchronized void admit() {
        if (draining) {
            throw new BusyException(
                    Fault.UNAVAILABLE,
                    ending
                            ? "the server is stopping; try again when it is back"
                            : "the server is draining and takes no new work; try another one, or again later",
                    COME_AGAIN,
                    0);
        }
    }

    @Override
    public synchronized int finish() throws InterruptedException {
        if (!ending) deadline = System.nanoTime() + patience.toNanos();
        ending = true;
        drain(true);
        while (running > 0) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) break;
            wait(left);
        }
        return running;
    }

    /** How many requests run or wait for a model. */
    synchronized int running() {
        return running;
    }

    @Override
    public synchronized Watch begins(Work work) {
        running++;
        return new Watch() {
            @Override
            public void done(Tally tally) {
                ended();
            }

            @Override
            public void failed(Fault fault) {
                ended();
            }
        };
    }

    private synchronized void ended() {
        running--;
        if (running == 0) notifyAll();
    }
}
