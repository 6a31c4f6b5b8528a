package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.function.Consumer;

/** The user a service of the machine runs as. */
final class ServiceUser {
    private ServiceUser() {}

    /**
     * Makes the user where there is none.
     *
     * @throws Failure when that does not work, or the user could not reach the installation or its home
     */
    static void prepare(Machine machine, String user, ServiceSpec spec, Consumer<String> say) {
        for (Path at = spec.script(); at != null; at = at.getParent()) requireOpen(at, user);
        boolean ours = spec.home().toString().equals(ServiceHome.OF_MACHINE);
        if (!ours && !Files.isDirectory(spec.home()))
            throw new Failure(
                    "the home " + spec.home() + " (PADDOCK_HOME) is no directory; make it first, for example: "
                            + "install -d -o " + user + " " + spec.home());
        if (machine.hasUser(user)) return;
        var made = machine.programs()
                .run(List.of(
                        "useradd",
                        "--system",
                        "--user-group",
                        "--no-create-home",
                        "--home-dir",
                        spec.home().toString(),
                        "--shell",
                        "/usr/sbin/nologin",
                        user));
        if (!made.fine()) throw new Failure("the user " + user + " cannot be made by useradd: " + made.output());
        say.accept("made the user " + user);
    }

    private static void requireOpen(Path at, String user) {
        try {
            if (Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) return;
        } catch (IOException | UnsupportedOperationException e) {
            throw new Failure("there is no " + at + ": the installation is not whole");
        }
        throw new Failure("the user " + user + " cannot reach the installation: " + at
                + " is closed to others; move the installation, for example to /opt/paddock");
    }
}
