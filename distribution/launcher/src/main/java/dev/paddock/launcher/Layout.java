package dev.paddock.launcher;

import dev.paddock.api.settings.UserEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where things are.
 *
 * @param install the unpacked distribution, only read: {@code bin lib bundles configs starter licenses}
 * @param home what this user's server writes: {@code logs cache}, sockets, secrets, and by default the models
 */
record Layout(Path install, Path home) {
    /**
     * From the system properties {@code paddock.install} and {@code paddock.home} that {@code bin/paddock} sets;
     * without the latter from {@code PADDOCK_HOME}, and else {@code ~/.paddock}.
     *
     * @throws LaunchException when there is no installation
     */
    static Layout of(Map<String, String> environment) throws LaunchException {
        String install = System.getProperty("paddock.install");
        if (install == null)
            throw new LaunchException(
                    Exit.INSTALLATION,
                    "the property paddock.install is not set; start the server with bin/paddock serve");
        var layout = new Layout(absolute(Path.of(install)), absolute(UserEnvironment.home(environment)));
        if (!Files.isDirectory(layout.bundles()))
            throw new LaunchException(
                    Exit.INSTALLATION,
                    "no bundles in " + layout.bundles() + "; the installation is not whole, unpack it again");
        return layout;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Our bundles; jars may come, change and go while the server runs. */
    Path bundles() {
        return install.resolve("bundles");
    }

    Path configs() {
        return install.resolve("configs");
    }

    /** The JVM's options, shared by the server and the run that trains its cache. */
    Path serverOptions() {
        return install.resolve("lib/server.options");
    }

    Path commandOptions() {
        return install.resolve("lib/command.options");
    }

    /** The launcher; its manifest names the platform's jars. */
    Path serverJar() {
        return install.resolve("lib/paddock-server.jar");
    }

    /** The command; its manifest names its jars. */
    Path commandJar() {
        return install.resolve("lib/paddock-command.jar");
    }

    Path logs() {
        return home.resolve("logs");
    }

    /** Everything here can be made anew at any time. */
    Path cache() {
        return home.resolve("cache");
    }

    Path lockFile() {
        return home.resolve("paddock.lock");
    }

    Path pidFile() {
        return home.resolve("paddock.pid");
    }

    Path shellSocket() {
        return home.resolve("gogo.sock");
    }

    /** Of the bundle of keys. */
    Path keys() {
        return home.resolve("keys.json");
    }

    Path consolePassword() {
        return home.resolve("console-password");
    }
}
