package dev.paddock.cli.service;

import picocli.CommandLine.Option;

/** Whose service is meant. */
final class Scope {
    @Option(names = "--user", description = "The service of this user, while a session lasts.")
    private boolean user;

    @Option(names = "--system", description = "The service of the machine; what root means when it says neither.")
    private boolean system;

    boolean isSystem(Machine machine) {
        return system || (!user && machine.userId() == 0);
    }
}
