package dev.paddock.engine;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.MemoryUse;
import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What a {@link ScriptedRunner} sees of backends, by the text of their files: {@code device} (one of a gigabyte),
 * {@code none} (loaded, no device), {@code hang}, {@code die}, {@code environment} (the device's driver tells it), else
 * the text is what the loader says.
 */
final class ScriptedProbe {
    private static final long GIGABYTE = 1L << 30;

    private ScriptedProbe() {}

    static Message.FromRunner of(Message.Probe probe) throws IOException {
        List<Device> devices = new ArrayList<>();
        List<Message.Outcome> outcomes = new ArrayList<>();
        for (var backend : probe.libraries().backends()) {
            String text = Files.readString(
                    Path.of(probe.libraries().directory(), backend.files().getFirst()));
            boolean host = backend.id().equals(BackendKey.CPU);
            while (text.equals("hang")) LockSupport.park();
            if (text.equals("die")) Runtime.getRuntime().halt(139);
            boolean device = host || text.startsWith("device") || text.equals("environment");
            if (device) {
                String driver = text.equals("environment")
                        ? probe.libraries().environment().toString()
                        : "";
                devices.add(device(backend.id(), host, driver));
            }
            boolean loaded = device || text.equals("none");
            outcomes.add(new Message.Outcome(backend.id(), loaded, loaded ? "" : text));
        }
        return new Message.Probed(devices, outcomes, "1");
    }

    private static Device device(String id, boolean host, String driver) {
        return new Device(
                BackendKey.newest(id),
                host ? Device.HOST : id + "0",
                host ? "scripted processor" : "scripted card",
                host ? Device.Kind.CPU : Device.Kind.GPU,
                "",
                driver,
                GIGABYTE,
                GIGABYTE / 2);
    }

    /** A token takes a byte; each question is noted beside the model. */
    static Message.FromRunner of(Message.AskFit ask) throws IOException {
        var fate = ScriptedFate.of(Path.of(ask.model()));
        fate.record("fit of " + ask.contexts().length + " contexts");
        if (fate.is("load")) Runtime.getRuntime().halt(137);
        if (fate.is("refuse")) return new Message.Failed(Message.LOAD_ID, Fault.LOAD_FAILED, "no such architecture");
        while (fate.is("hang")) LockSupport.park();
        List<Message.FitRow> rows = new ArrayList<>();
        for (int layers : ask.layers()) {
            int effective = layers < 0 ? 5 : layers;
            for (int context : ask.contexts()) {
                var use = new MemoryUse(Device.HOST, 100, context, effective);
                rows.add(new Message.FitRow(effective, context, ask.sizes().parallel(), List.of(use)));
            }
        }
        return new Message.Fits(5, false, rows);
    }
}
