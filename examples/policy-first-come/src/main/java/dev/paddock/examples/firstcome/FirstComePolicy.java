package dev.paddock.examples.firstcome;

import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.Fit;
import dev.paddock.api.scheduler.SchedulingPolicy;
import java.util.Comparator;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/**
 * First come, first served, whoever asks: what most local servers do. Installed into a running server it replaces the
 * server's own policy from the next decision on, and uninstalled it gives that one back.
 */
@Component(property = "service.ranking:Integer=100")
public final class FirstComePolicy implements SchedulingPolicy {
    @Override
    public String name() {
        return "first come";
    }

    @Override
    public List<Waiting> order(List<Waiting> waiting) {
        return waiting;
    }

    @Override
    public Eviction evict(Waiting newcomer, List<Occupant> idle) {
        var longest = idle.stream().max(Comparator.comparing(Occupant::idle)).orElseThrow();
        return new Eviction.Now(longest.runner(), "it has been idle for the longest time");
    }

    /** The first that fits into what is free; else the first that fits once the idle models are gone. */
    @Override
    public Choice place(Question question) {
        for (Fit fit : question.fits()) {
            if (fits(fit, question, false)) return new Choice.Take(fit, "it is the first that fits");
        }
        for (Fit fit : question.fits()) {
            if (fits(fit, question, true)) return new Choice.MakeRoom(fit, "it fits once idle models are gone");
        }
        return new Choice.Wait("nothing fits beside the models that are in use");
    }

    private static boolean fits(Fit fit, Question question, boolean withoutIdle) {
        for (int i = 0; i < question.devices().size(); i++) {
            Device device = question.devices().get(i);
            long room = device.freeBytes() + (withoutIdle ? question.evictable().get(i) : 0);
            if (fit.bytesOn(device.name()) > room) return false;
        }
        return true;
    }
}
