package dev.paddock.runner;

import dev.paddock.api.engine.Device;
import dev.paddock.runner.llama.BackendProbe;
import dev.paddock.runner.llama.LlamaException;
import dev.paddock.runner.llama.NativeLog;
import dev.paddock.runner.llama.Natives;
import dev.paddock.runner.protocol.LogLevel;
import dev.paddock.runner.protocol.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out what the backends' devices are. A driver may hang or crash: the server has a runner do nothing else. */
final class Probing {
    private static final int MOST_WORDS = 8192;

    private final StringBuilder words = new StringBuilder();

    /** @throws LlamaException when the core libraries cannot be loaded, or a variable is none */
    Message.Probed probe(Message.Libraries libraries) {
        Path directory = Path.of(libraries.directory());
        Natives.open(directory, libraries.environment());
        Natives.check(new NativeLog(this::heard));
        BackendProbe probe = new BackendProbe(directory);
        List<Message.Outcome> outcomes = new ArrayList<>();
        for (Message.BackendFiles backend : libraries.backends()) outcomes.add(outcome(probe, backend));
        FreeMemory memory = FreeMemory.here();
        List<Device> devices = new ArrayList<>();
        devices.add(probe.host(memory.total(), memory.bytes()));
        devices.addAll(probe.others());
        return new Message.Probed(devices, outcomes, Natives.version());
    }

    private Message.Outcome outcome(BackendProbe probe, Message.BackendFiles backend) {
        boolean loaded;
        try {
            loaded = probe.load(backend);
        } catch (LlamaException e) {
            loaded = false;
            heard(LogLevel.ERROR, e.getMessage());
        }
        synchronized (words) {
            String said = words.toString().strip();
            words.setLength(0);
            return new Message.Outcome(backend.id(), loaded, said);
        }
    }

    /** Drivers log from threads of their own. */
    private void heard(LogLevel level, String line) {
        synchronized (words) {
            if (words.length() + line.length() < MOST_WORDS) words.append(line).append('\n');
        }
    }
}
