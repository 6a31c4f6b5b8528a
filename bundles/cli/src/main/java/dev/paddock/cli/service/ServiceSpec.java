package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a service is to run; a unit, a plist and a WinSW file are texts of it.
 *
 * @param install the distribution
 * @param home the server's data
 * @param user who it runs as when it belongs to the machine; empty when it belongs to the user who installs it
 * @param groups groups of that user besides its own, such as those of GPU devices
 * @param environment more variables of the server, in their order
 * @param environmentFile where an administrator writes more variables; need not exist
 */
record ServiceSpec(
        Path install,
        Path home,
        Optional<String> user,
        List<String> groups,
        Map<String, String> environment,
        Path environmentFile) {
    ServiceSpec {
        groups = List.copyOf(groups);
        plain(install.toString());
        plain(home.toString());
        plain(environmentFile.toString());
        environment.values().forEach(ServiceSpec::plain);
        if (user.isPresent() && !user.get().matches("[a-z_][a-z0-9_-]{0,31}"))
            throw new Failure(Failure.USAGE, "'" + user.get() + "' is no name of a user for a service");
    }

    /** The start script. */
    Path script() {
        return install.resolve("bin").resolve("paddock");
    }

    private static void plain(String text) {
        if (text.chars().anyMatch(Character::isISOControl))
            throw new Failure(Failure.USAGE, "a path or variable with control characters cannot be part of a service");
    }
}
