package dev.paddock.runner.protocol;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.MemoryUse;
import java.util.ArrayList;
import java.util.List;

/** The fields of devices and of what lies on them. */
@SuppressWarnings("EnumOrdinal") // both ends come from one build
final class DeviceFields {
    /** The length of its device and three numbers. */
    private static final int LEAST_USE = Integer.BYTES + 3 * Long.BYTES;

    private static final int LEAST_DEVICE = 6 * Integer.BYTES + 2 * Long.BYTES;
    private static final int LEAST_OUTCOME = 2 * Integer.BYTES + 1;
    private static final int LEAST_ROW = 4 * Integer.BYTES;

    private DeviceFields() {}

    static FrameOutput encode(Message.Probed m) {
        FrameOutput out = new FrameOutput(Codec.PROBED).number(m.devices().size());
        for (Device device : m.devices()) encode(out, device);
        out.number(m.backends().size());
        for (Message.Outcome outcome : m.backends()) {
            out.text(outcome.id()).flag(outcome.loaded()).text(outcome.words());
        }
        return out.text(m.engineVersion());
    }

    static Message.Probed probed(FrameInput in) throws ProtocolException {
        int count = in.count(LEAST_DEVICE);
        List<Device> devices = new ArrayList<>(count);
        for (int i = 0; i < count; i++) devices.add(device(in));
        int asked = in.count(LEAST_OUTCOME);
        List<Message.Outcome> outcomes = new ArrayList<>(asked);
        for (int i = 0; i < asked; i++) outcomes.add(new Message.Outcome(in.text(), in.flag(), in.text()));
        return new Message.Probed(devices, outcomes, in.text());
    }

    /** Without the backend's version, which a runner does not know. */
    private static void encode(FrameOutput out, Device device) {
        out.text(device.backend().id()).text(device.name()).text(device.description());
        out.number(device.kind().ordinal()).text(device.pciId()).text(device.driver());
        out.number(device.totalBytes()).number(device.freeBytes());
    }

    private static Device device(FrameInput in) throws ProtocolException {
        return new Device(
                BackendKey.newest(in.text()),
                in.text(),
                in.text(),
                in.one(Device.Kind.values()),
                in.text(),
                in.text(),
                in.longNumber(),
                in.longNumber());
    }

    static FrameOutput encode(Message.Fits m) {
        FrameOutput out = new FrameOutput(Codec.FITS).number(m.layers()).flag(m.computed());
        out.number(m.rows().size());
        for (Message.FitRow row : m.rows()) {
            out.number(row.gpuLayers()).number(row.contextLength()).number(row.parallel());
            encode(out, row.uses());
        }
        return out;
    }

    static Message.Fits fits(FrameInput in) throws ProtocolException {
        int layers = in.number();
        boolean computed = in.flag();
        int count = in.count(LEAST_ROW);
        List<Message.FitRow> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) rows.add(new Message.FitRow(in.number(), in.number(), in.number(), uses(in)));
        return new Message.Fits(layers, computed, rows);
    }

    static void encode(FrameOutput out, List<MemoryUse> uses) {
        out.number(uses.size());
        for (MemoryUse use : uses) {
            out.text(use.device());
            out.number(use.weightBytes()).number(use.contextBytes()).number(use.computeBytes());
        }
    }

    static List<MemoryUse> uses(FrameInput in) throws ProtocolException {
        int count = in.count(LEAST_USE);
        List<MemoryUse> uses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            uses.add(new MemoryUse(in.text(), in.longNumber(), in.longNumber(), in.longNumber()));
        }
        return uses;
    }
}
