package dev.paddock.runner.llama;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.paddock.api.fault.Fault;
import dev.paddock.runner.protocol.Message.BackendFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The ggml backends of this process, and their devices. */
public final class Backends {
    private static final int CPU = 0;
    private static final int GPU = 1;
    private static final int INTEGRATED_GPU = 2;

    /**
     * A device.
     *
     * @param cpu the CPU itself
     * @param gpu a GPU, discrete or integrated
     */
    private record Device(
            MemorySegment pointer, MemorySegment registry, String description, boolean cpu, boolean gpu) {}

    private final List<Device> devices = new ArrayList<>();
    private String cpuVariant = "";

    private Backends() {}

    /**
     * Loads backends in the order given, of each the file that suits this machine best; the CPU should be last. Chooses
     * while libllama is still being linked, which takes about as long.
     *
     * @throws LlamaException when one cannot be loaded, or none computes on the CPU
     */
    public static Backends load(Path directory, List<BackendFiles> wanted, NativeLog log) {
        List<Path> files = new ArrayList<>();
        for (BackendFiles backend : wanted) files.add(best(directory, backend));
        Natives.check(log);
        Backends backends = new Backends();
        for (int i = 0; i < files.size(); i++) backends.load(wanted.get(i).id(), files.get(i), log);
        for (long i = 0; i < Ggml.deviceCount(); i++) {
            MemorySegment device = Ggml.device(i);
            int type = GgmlBase.type(device);
            backends.devices.add(new Device(
                    device,
                    GgmlBase.registry(device),
                    GgmlBase.description(device),
                    type == CPU,
                    type == GPU || type == INTEGRATED_GPU));
        }
        backends.cpu();
        Llama.initBackend();
        return backends;
    }

    private void load(String id, Path file, NativeLog log) {
        if (Linking.isNull(Ggml.loadBackend(file))) {
            throw new LlamaException(
                    Fault.UNAVAILABLE, "backend " + id + " cannot be loaded: " + reason(log.takeErrors(), file));
        }
        String variant = cpuVariant(file);
        if (!variant.isEmpty()) cpuVariant = variant;
    }

    /** The instruction set a CPU backend's file is made for; empty for other files. */
    static String cpuVariant(Path file) {
        String name = file.getFileName().toString();
        int cpu = name.indexOf("ggml-cpu-");
        return cpu < 0 ? "" : name.substring(cpu + "ggml-cpu-".length(), name.lastIndexOf('.'));
    }

    private static String reason(String errors, Path file) {
        return errors.isEmpty() ? file + " was refused" : errors;
    }

    /** Two variants of one backend must not be loaded, so each is only asked for its score and let go. */
    static Path best(Path directory, BackendFiles backend) {
        List<String> files = backend.files();
        if (files.size() == 1) return directory.resolve(files.getFirst());
        Path best = null;
        int highest = 0;
        for (String name : files) {
            Path file = directory.resolve(name);
            int score = score(file);
            if (score > highest) {
                highest = score;
                best = file;
            }
        }
        if (best == null) {
            throw new LlamaException(
                    Fault.UNAVAILABLE,
                    "backend " + backend.id() + ": none of " + files.size() + " libraries suits this machine");
        }
        return best;
    }

    private static int score(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(file, arena);
            // int ggml_backend_score(void)
            MethodHandle score = Linking.bind(library, "ggml_backend_score", FunctionDescriptor.of(JAVA_INT));
            return (int) score.invokeExact();
        } catch (IllegalArgumentException | LlamaException e) {
            return 0; // not loadable here or without a score: not a candidate
        } catch (Throwable t) {
            throw Linking.rethrow(t);
        }
    }

    /** The registry of the CPU backend, which has the thread pool. */
    MemorySegment cpu() {
        for (Device device : devices) {
            if (device.cpu()) return device.registry();
        }
        throw new LlamaException(Fault.UNAVAILABLE, "no CPU backend is installed; llama.cpp needs one beside any GPU");
    }

    /** The devices of these names; all GPUs without any. Nothing is offloaded where there is no device for it. */
    public Offload offload(List<String> names, int layers) {
        if (layers < -1) throw new LlamaException(Fault.INVALID_REQUEST, "gpuLayers is " + layers);
        List<MemorySegment> chosen = new ArrayList<>();
        for (String name : names) chosen.add(named(name).pointer());
        boolean any = !chosen.isEmpty();
        for (Device device : devices) any |= device.gpu();
        return layers == 0 || !any ? Offload.NONE : new Offload(chosen, layers);
    }

    private Device named(String name) {
        List<String> known = new ArrayList<>();
        for (Device device : devices) {
            if (device.cpu()) continue;
            String its = DeviceProperties.of(device.pointer()).name();
            if (its.equals(name)) return device;
            known.add(its);
        }
        throw new LlamaException(
                Fault.UNAVAILABLE,
                "there is no device " + name + "; " + (known.isEmpty() ? "there is none beside the CPU" : "there are ")
                        + String.join(", ", known));
    }

    /** Bytes that are free on what a model is offloaded to. */
    public long free(Offload offload) {
        long sum = 0;
        for (Device device : used(offload)) {
            sum += DeviceProperties.of(device.pointer()).free();
        }
        return sum;
    }

    private List<Device> used(Offload offload) {
        List<Device> used = new ArrayList<>();
        if (offload.layers() == 0) return used;
        for (Device device : devices) {
            boolean named = offload.devices().contains(device.pointer());
            if (named || (offload.devices().isEmpty() && device.gpu())) used.add(device);
        }
        return used;
    }

    /**
     * What computes, for people: {@code CPU (zen4)}, {@code Vulkan0 (Radeon 780M), 5 of 33 layers}.
     *
     * @param layers all there are, the output layer counted
     */
    public String describe(Offload offload, int layers) {
        List<Device> used = used(offload);
        if (used.isEmpty()) return cpuVariant.isEmpty() ? "CPU" : "CPU (" + cpuVariant + ")";
        StringBuilder text = new StringBuilder();
        for (Device device : used) {
            if (!text.isEmpty()) text.append(" + ");
            text.append(DeviceProperties.of(device.pointer()).name());
            text.append(" (").append(device.description()).append(')');
        }
        return text.append(", ")
                .append(offload.layersOf(layers))
                .append(" of ")
                .append(layers)
                .append(" layers")
                .toString();
    }
}
