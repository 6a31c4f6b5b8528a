package dev.paddock.cli.service;

import java.nio.file.Path;

/** Where a service keeps its data and is configured. */
final class ServiceHome {
    static final String OF_MACHINE = "/var/lib/paddock";
    private static final String OF_MACHINE_ON_MAC = "/usr/local/var/paddock";

    private ServiceHome() {}

    /** @param own the home of a server that this user starts */
    static Path of(Machine machine, boolean system, Path own) {
        String said = machine.variables().getOrDefault("PADDOCK_HOME", "");
        if (!system || !said.isBlank()) return own.toAbsolutePath();
        return Path.of(machine.isMac() ? OF_MACHINE_ON_MAC : OF_MACHINE);
    }

    /** The file of variables that an administrator writes. */
    static Path environmentFile(Machine machine, boolean system) {
        return system ? Path.of("/etc/paddock/paddock.env") : machine.userHome().resolve(".config/paddock/paddock.env");
    }
}
