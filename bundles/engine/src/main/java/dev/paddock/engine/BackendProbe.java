package dev.paddock.engine;

import dev.paddock.api.engine.Backend;
import dev.paddock.api.engine.BackendKey;
import dev.paddock.api.engine.BackendReport;
import dev.paddock.api.engine.Device;
import dev.paddock.api.engine.NativeIndex;
import dev.paddock.api.fault.PaddockException;
import dev.paddock.engine.backend.ProbeFailure;
import dev.paddock.engine.backend.ProbeFailure.Kind;
import dev.paddock.engine.backend.RefusalReading;
import dev.paddock.runner.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a throw-away runner what devices a backend has. */
final class BackendProbe {
    private final Runners runners;

    BackendProbe(Runners runners) {
        this.runners = runners;
    }

    /**
     * Loads it and looks; blocks for as long as a process takes, and the driver.
     *
     * @param host the CPU backend beside it; empty for a CPU backend, or when there is none
     */
    BackendReport probe(Backend backend, Optional<Backend> host) {
        try {
            return new BackendReport(backend.key(), true, devices(backend, host), Optional.empty());
        } catch (ProbeFailure e) {
            var refusal = RefusalReading.read(e, backend.symptoms());
            return new BackendReport(backend.key(), true, List.of(), Optional.of(refusal));
        }
    }

    private List<Device> devices(Backend backend, Optional<Backend> host) throws ProbeFailure {
        var key = backend.key();
        var probed = probed(ask(files(backend, host)));
        var outcome = probed.backends().stream()
                .filter(known -> known.id().equals(key.id()))
                .findFirst()
                .orElseThrow(() -> new ProbeFailure(Kind.REFUSED, "the runner said nothing of it"));
        if (!outcome.loaded()) throw new ProbeFailure(Kind.REFUSED, outcome.words());
        var own = probed.devices().stream()
                .filter(device -> device.backend().id().equals(key.id()))
                .map(device -> of(key, device))
                .toList();
        if (!own.isEmpty()) return own;
        String words = outcome.words();
        throw new ProbeFailure(Kind.NO_DEVICE, words.isEmpty() ? "it was loaded and found no device" : words);
    }

    private static Device of(BackendKey key, Device device) {
        return new Device(
                key,
                device.name(),
                device.description(),
                device.kind(),
                device.pciId(),
                device.driver(),
                device.totalBytes(),
                device.freeBytes());
    }

    private RunnerFiles files(Backend backend, Optional<Backend> host) throws ProbeFailure {
        if (backend.files().isEmpty()) {
            throw new ProbeFailure(Kind.NO_FILES, "it holds nothing for " + NativeIndex.platform());
        }
        boolean own = backend.key().id().equals(BackendKey.CPU);
        if (!own && host.isEmpty()) throw new ProbeFailure(Kind.REFUSED, "no CPU backend is there beside it");
        List<Backend> used = new ArrayList<>(List.of(backend));
        if (!own) used.add(host.get());
        try {
            return runners.files(used);
        } catch (PaddockException e) {
            throw new ProbeFailure(Kind.FILES, e.getMessage());
        }
    }

    private Message ask(RunnerFiles files) throws ProbeFailure {
        try {
            return runners.ask(
                    files,
                    new Message.Probe(files.libraries()),
                    runners.settings().backends().probe());
        } catch (Errands.Failure e) {
            throw new ProbeFailure(e.late() ? Kind.TIMED_OUT : Kind.CRASHED, e.getMessage());
        }
    }

    private static Message.Probed probed(Message answer) throws ProbeFailure {
        return switch (answer) {
            case Message.Probed probed -> probed;
            case Message.Failed failed -> throw new ProbeFailure(Kind.REFUSED, failed.message());
            default ->
                throw new ProbeFailure(
                        Kind.CRASHED, "it answered with " + answer.getClass().getSimpleName());
        };
    }
}
