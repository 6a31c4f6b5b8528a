package dev.paddock.runner.llama;

import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.Device;
import dev.paddock.runner.protocol.Message.BackendFiles;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Loads one backend after the other and tells what each has; for a process that does nothing else. */
public final class BackendProbe {
    private static final int CPU = 0;
    private static final int GPU = 1;
    private static final int INTEGRATED_GPU = 2;

    private final Path directory;
    private final List<Device> devices = new ArrayList<>();
    private Device host =
            new Device(BackendKey.newest(BackendKey.CPU), Device.HOST, "CPU", Device.Kind.CPU, "", "", 0, 0);

    /** @param directory with the core libraries, which are loaded */
    public BackendProbe(Path directory) {
        this.directory = directory;
    }

    /**
     * Loads the file of a backend that suits this machine best, and looks at its devices.
     *
     * @throws LlamaException when no file suits
     * @return false when the loader refused it; the log says why
     */
    public boolean load(BackendFiles backend) {
        Path file = Backends.best(directory, backend);
        long before = Ggml.deviceCount();
        if (Linking.isNull(Ggml.loadBackend(file))) return false;
        for (long i = before; i < Ggml.deviceCount(); i++) add(backend.id(), file, Ggml.device(i));
        return true;
    }

    private void add(String backend, Path file, MemorySegment pointer) {
        DeviceProperties its = DeviceProperties.of(pointer);
        Device.Kind kind = kind(
                GgmlBase.type(pointer),
                GgmlBase.registryName(GgmlBase.registry(pointer)),
                System.getProperty("os.arch"));
        boolean processors = kind == Device.Kind.CPU;
        String variant = Backends.cpuVariant(file);
        Device device = new Device(
                BackendKey.newest(backend),
                processors ? Device.HOST : its.name(),
                processors && !variant.isEmpty() ? its.description() + " (" + variant + ")" : its.description(),
                kind,
                its.busId(),
                "",
                its.total(),
                its.free());
        if (processors) host = device;
        else devices.add(device);
    }

    /** Apple's GPUs call themselves discrete; those beside an ARM processor share its memory. */
    static Device.Kind kind(int type, String registry, String architecture) {
        boolean apple =
                registry.equals("MTL") && architecture.toLowerCase(Locale.ROOT).equals("aarch64");
        return switch (type) {
            case CPU -> Device.Kind.CPU;
            case GPU -> apple ? Device.Kind.INTEGRATED : Device.Kind.GPU;
            case INTEGRATED_GPU -> Device.Kind.INTEGRATED;
            default -> Device.Kind.ACCELERATOR;
        };
    }

    /**
     * The machine itself.
     *
     * @param total bytes of memory; 0 = as the CPU backend says
     * @param free bytes of it
     */
    public Device host(long total, long free) {
        return new Device(
                host.backend(),
                host.name(),
                host.description(),
                host.kind(),
                host.pciId(),
                host.driver(),
                total > 0 ? total : host.totalBytes(),
                total > 0 ? free : host.freeBytes());
    }

    /** All but the machine itself, in the order of loading. */
    public List<Device> others() {
        return List.copyOf(devices);
    }
}
