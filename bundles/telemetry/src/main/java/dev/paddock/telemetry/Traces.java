package dev.paddock.telemetry;

import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import dev.paddock.api.settings.Defaults;
import dev.paddock.api.settings.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what each request did, and for how long, to a collector. Nobody waits for it: what the collector does not take in time is dropped,
 * and counted in the log.
 */
@Component(service = Observer.class, configurationPid = Traces.PID)
@Designate(ocd = Traces.Config.class)
public final class Traces implements Observer {
    /** Where its settings are. */
    public static final String PID = "dev.paddock.telemetry";

    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
    private static final int MOST_WAITING = 4_096;
    private static final int MOST_AT_ONCE = 512;

    /** Settings of telemetry. */
    @ObjectClassDefinition(name = "Telemetry", description = "Traces for an OpenTelemetry collector")
    public @interface Config {
        @AttributeDefinition(
                name = "Endpoint",
                description =
                        "Where traces are sent, by OTLP over HTTP in JSON, such as http://127.0.0.1:4318/v1/traces.")
        String endpoint() default "http://127.0.0.1:4318/v1/traces";

        @AttributeDefinition(
                name = "Headers",
                description = "Headers that are sent along, each as NAME=VALUE, for collectors that ask for a token.")
        String[] headers() default {};

        @AttributeDefinition(
                name = "Interval",
                description = "Time between two sendings, as a duration like 5s; at least 100ms.")
        String interval() default "5s";
    }

    private final BlockingQueue<List<Span>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final Collector collector;
    private final long intervalMillis;
    private final Thread sender;

    /** Reads the settings and begins to send. */
    @Activate
    public Traces(Config config) {
        Parts parts = Defaults.read(Config.class, config, Parts::of, LOG::error);
        this.collector = parts.collector();
        this.intervalMillis = Math.max(100, parts.interval().toMillis());
        this.sender = Thread.ofVirtual().name("telemetry").start(this::run);
    }

    private record Parts(Collector collector, Duration interval) {
        static Parts of(Config config) {
            try {
                return new Parts(
                        Collector.of(config.endpoint(), config.headers()),
                        Durations.setting(PID, "interval", config.interval()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(PID + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Watch begins(Work work) {
        return new Trace(work, spans -> {
            if (!waiting.offer(spans)) dropped.incrementAndGet();
        });
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(intervalMillis);
                sendAll();
            }
        } catch (InterruptedException _) {
            sendAll();
        }
    }

    /** A collector that is away costs the traces of that time, not memory. */
    private void sendAll() {
        List<List<Span>> traces = new ArrayList<>();
        while (waiting.drainTo(traces, MOST_AT_ONCE) > 0) {
            try {
                collector.send(traces.stream().flatMap(List::stream).toList());
            } catch (IOException e) {
                dropped.addAndGet(traces.size());
                LOG.warn("{} traces were not sent: {}", dropped.getAndSet(0), e.getMessage());
            }
            traces.clear();
        }
        long lost = dropped.getAndSet(0);
        if (lost > 0) LOG.warn("{} traces were dropped: {} wait already", lost, MOST_WAITING);
    }

    /** Sends what is left. */
    @Deactivate
    public void stop() throws InterruptedException {
        sender.interrupt();
        sender.join(Duration.ofSeconds(5));
    }
}
