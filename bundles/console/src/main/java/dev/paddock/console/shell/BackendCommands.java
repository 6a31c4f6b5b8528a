package dev.paddock.console.shell;

import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.EngineService;
import dev.paddock.api.scheduler.DeviceMemory;
import dev.paddock.api.scheduler.Scheduler;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code paddock:backends} and {@code memory}. */
@Component(
        service = BackendCommands.class,
        property = {"osgi.command.scope=paddock", "osgi.command.function=backends", "osgi.command.function=memory"})
public final class BackendCommands {
    private final EngineService engine;
    private final Scheduler scheduler;

    /** Commands over the engine and the scheduler's ledger. */
    @Activate
    public BackendCommands(@Reference EngineService engine, @Reference Scheduler scheduler) {
        this.engine = engine;
        this.scheduler = scheduler;
    }

    /** What computes. */
    @Descriptor("backends, their devices, and why some are not used")
    public String backends() {
        var table = new Table("BACKEND", "VERSION", "STATE", "DEVICES OR REMEDY");
        for (BackendReport report : engine.backends()) {
            table.row(report.key().id(), report.key().version(), state(report), about(report));
        }
        return table.orElse("no backend is installed; no model can be computed");
    }

    private static String state(BackendReport report) {
        if (!report.probed()) return "probing";
        return report.refusal().map(_ -> "refused").orElse("usable");
    }

    private static String about(BackendReport report) {
        return report.refusal()
                .map(refusal -> refusal.detail() + "; " + refusal.remedy())
                .orElseGet(() ->
                        report.devices().stream().map(BackendCommands::device).collect(Collectors.joining(", ")));
    }

    private static String device(Device device) {
        return device.description().isEmpty() ? device.name() : device.name() + " (" + device.description() + ")";
    }

    /** Who has which memory. */
    @Descriptor("the memory of each device: in all, promised to models, used by others, still to be had")
    public String memory() {
        var table = new Table("DEVICE", "TOTAL", "PROMISED", "MEASURED", "OTHERS", "AVAILABLE");
        for (DeviceMemory memory : scheduler.memory()) {
            table.row(
                    memory.device().name(),
                    Table.bytes(memory.device().totalBytes()),
                    Table.bytes(memory.reserved()),
                    Table.bytes(memory.measured()),
                    Table.bytes(memory.usedByOthers()),
                    Table.bytes(memory.available()));
        }
        return table.orElse("no device is known yet");
    }
}
