package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import java.util.function.Consumer;

/** What starts services on a machine. Each method says what it did, a line a step, and what it could not as a failure. */
sealed interface ServiceSystem permits Systemd, Launchd, Winsw {
    /** Exit code where nothing starts services that this command knows. */
    int NO_SERVICES = 3;

    /** Exit code where no service is installed. */
    int NOT_INSTALLED = 4;

    /** The text of the file that describes the service. */
    String text(ServiceSpec spec);

    /** Writes that file, has the service started now and with the machine (or the user's session). */
    int install(ServiceSpec spec, Consumer<String> say);

    /** Stops the service and removes its file; data stays. */
    int uninstall(Consumer<String> say);

    /** Says how it is. 0 it runs, 1 it does not. */
    int status(Consumer<String> say);

    /** The one of that machine. @param system whether the service is the machine's and not a user's */
    static ServiceSystem of(Machine machine, boolean system) {
        if (machine.isWindows()) return new Winsw(machine);
        return machine.isMac() ? new Launchd(machine, system) : new Systemd(machine, system);
    }

    /** @throws Failure when a service of the machine is to be changed by somebody else than root */
    static void needsRoot(Machine machine, boolean system) {
        if (system && machine.userId() != 0)
            throw new Failure("only root changes services of the machine: use sudo, or --user for one of your own");
    }
}
