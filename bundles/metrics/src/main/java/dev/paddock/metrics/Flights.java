package dev.paddock.metrics;

import dev.paddock.api.explain.Decision;
import dev.paddock.api.explain.DecisionListener;
import dev.paddock.api.observe.Observer;
import dev.paddock.api.observe.Watch;
import dev.paddock.api.observe.Work;
import jdk.jfr.FlightRecorder;
import org.osgi.service.component.annotations.Component;

/**
 * Writes the phases of requests and the loads of models into the JDK's flight recorder, when somebody has started one. When
 * nobody has, one flag is read for each request, and not even the events' classes are loaded.
 */
@Component(service = {Observer.class, DecisionListener.class})
public final class Flights implements Observer, DecisionListener {
    private static final Watch NOT_RECORDED = new Watch() {};

    @Override
    public Watch begins(Work work) {
        return FlightRecorder.isInitialized() ? new Flight(work) : NOT_RECORDED;
    }

    @Override
    public void decided(Decision decision) {
        if (decision.kind() == Decision.Kind.LOADED && FlightRecorder.isInitialized()) Flight.loaded(decision);
    }
}
