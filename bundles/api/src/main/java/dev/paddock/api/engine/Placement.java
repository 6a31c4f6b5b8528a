package dev.paddock.api.engine;

import java.util.List;

/**
 * Where a model is computed.
 *
 * @param compute the backend of its devices; the host's own for the CPU alone
 * @param devices names of the devices, most important first; empty = all of the backend's
 * @param gpuLayers layers on them, the output layer counted; -1 = all, 0 = none
 * @param host the CPU backend for the rest
 */
public record Placement(BackendKey compute, List<String> devices, int gpuLayers, BackendKey host) {
    /** The newest CPU backend alone. */
    public static final Placement CPU = cpu(BackendKey.newest(BackendKey.CPU));

    public Placement {
        devices = List.copyOf(devices);
    }

    /** A CPU backend alone. */
    public static Placement cpu(BackendKey host) {
        return new Placement(host, List.of(), 0, host);
    }

    /** Whether anything but the CPU computes. */
    public boolean offloads() {
        return !compute.equals(host);
    }

    /** The same with another number of layers on its devices. */
    public Placement with(int layers) {
        return new Placement(compute, devices, layers, host);
    }
}
