package dev.paddock.console.shell;

import dev.paddock.api.model.ModelName;
import dev.paddock.api.model.ModelStore;
import dev.paddock.api.model.StoredModel;
import dev.paddock.api.scheduler.Arrival;
import dev.paddock.api.scheduler.Resident;
import dev.paddock.api.scheduler.Scheduler;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code paddock:models}, {@code ps}, {@code queue}, {@code unload}, {@code release}. */
@Component(
        service = ModelCommands.class,
        property = {
            "osgi.command.scope=paddock",
            "osgi.command.function=models",
            "osgi.command.function=ps",
            "osgi.command.function=queue",
            "osgi.command.function=unload",
            "osgi.command.function=release"
        })
public final class ModelCommands {
    private final ModelStore store;
    private final Scheduler scheduler;

    /** Commands over the store and the scheduler. */
    @Activate
    public ModelCommands(@Reference ModelStore store, @Reference Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    /** What is installed. */
    @Descriptor("installed models, and which of them are in memory")
    public String models() {
        Map<String, Resident> loaded = scheduler.residents().stream()
                .collect(Collectors.toMap(ModelCommands::name, Function.identity(), (first, _) -> first));
        var table = new Table("MODEL", "PARAMETERS", "QUANTIZATION", "SIZE", "STATE");
        for (StoredModel model : store.list()) {
            String name = model.name().display();
            table.row(
                    name,
                    model.details().parameterSize(),
                    model.details().quantization(),
                    Table.bytes(model.size()),
                    loaded.containsKey(name) ? where(loaded.get(name)) : "");
        }
        return table.orElse("no model is installed; `paddock pull NAME` brings one");
    }

    /** What is in memory or on its way there. */
    @Descriptor("models in memory and on their way there: where, how much, who uses them, how long they stay")
    public String ps() {
        var table = new Table("MODEL", "STATE", "MEMORY", "WINDOW", "RUNNING", "STAYS");
        for (Resident resident : scheduler.residents()) {
            table.row(
                    name(resident),
                    where(resident),
                    Table.bytes(
                            resident.facts().memoryBytes() + resident.status().vectorBytes()),
                    Integer.toString(resident.facts().contextLength()),
                    Integer.toString(resident.status().running()),
                    stays(resident));
        }
        for (Arrival arrival : scheduler.arrivals()) {
            String phase = arrival.phase().name().toLowerCase(Locale.ROOT);
            String state = phase + " " + Math.round(arrival.progress() * 100) + " %";
            table.row(arrival.model().name().display(), state, "", "", "", "");
        }
        return table.orElse("no model is in memory");
    }

    /** Who waits. */
    @Descriptor("requests that wait, by model: for the model to be loaded, or for a place in it")
    public String queue() {
        var table = new Table("MODEL", "WAITING", "FOR");
        for (Arrival arrival : scheduler.arrivals()) {
            if (arrival.waiting() > 0)
                table.row(arrival.model().name().display(), Integer.toString(arrival.waiting()), "the model");
        }
        for (Resident resident : scheduler.residents()) {
            int waiting = resident.status().waiting();
            if (waiting > 0) table.row(name(resident), Integer.toString(waiting), "a place");
        }
        return table.orElse("nobody waits");
    }

    /** Out of memory. */
    @Descriptor("unload a model as soon as it is idle")
    public String unload(@Descriptor("name of the model") String name) {
        StoredModel model = model(name);
        boolean goes = scheduler.unload(model);
        return goes
                ? model.name().display() + " goes as soon as it is idle"
                : model.name().display() + " is not in memory, or pinned";
    }

    /** Out of quarantine. */
    @Descriptor("let a model out of quarantine, where it is because its runners kept dying")
    public String release(@Descriptor("name of the model") String name) {
        StoredModel model = model(name);
        return model.name().display() + (scheduler.release(model) ? " is released" : " was not in quarantine");
    }

    private StoredModel model(String name) {
        return store.find(ModelName.parse(name))
                .orElseThrow(() -> new IllegalArgumentException("model " + name + " is not installed"));
    }

    private static String name(Resident resident) {
        return resident.model().name().display();
    }

    private static String where(Resident resident) {
        return "on " + resident.facts().placement().compute().id() + (resident.pinned() ? ", pinned" : "");
    }

    private static String stays(Resident resident) {
        if (resident.pinned()) return "pinned";
        return resident.expiresAt()
                .map(then -> Table.until(then, Instant.now()))
                .orElse("for ever");
    }
}
