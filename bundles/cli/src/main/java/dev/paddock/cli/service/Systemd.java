package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Services of systemd.
 *
 * @param system whether of the machine's manager and not of the user's own
 */
record Systemd(Machine machine, boolean system) implements ServiceSystem {
    @Override
    public String text(ServiceSpec spec) {
        return SystemdUnit.of(spec);
    }

    @Override
    public int install(ServiceSpec spec, Consumer<String> say) {
        requireSystemd();
        ServiceSystem.needsRoot(machine, system);
        ServiceFile file = file();
        spec.user().ifPresent(user -> ServiceUser.prepare(machine, user, spec, say));
        file.write(text(spec), say);
        must(file, "daemon-reload");
        must(file, "enable", SystemdUnit.NAME);
        say.accept("enabled: starts with " + (system ? "the machine" : "your first session"));
        must(file, "restart", SystemdUnit.NAME);
        say.accept("started; log: " + (system ? "journalctl -u paddock" : "journalctl --user -u paddock"));
        if (!system) say.accept("it ends with your last session, unless you run: loginctl enable-linger");
        return 0;
    }

    @Override
    public int uninstall(Consumer<String> say) {
        requireSystemd();
        ServiceFile file = file();
        if (!file.exists()) return absent(file, say);
        ServiceSystem.needsRoot(machine, system);
        file.refuseForeign();
        must(file, "disable", "--now", SystemdUnit.NAME);
        say.accept("stopped and disabled");
        file.remove(say);
        must(file, "daemon-reload");
        return 0;
    }

    @Override
    public int status(Consumer<String> say) {
        requireSystemd();
        ServiceFile file = file();
        // A package's unit lies elsewhere.
        var known = systemctl("show", "-p", "LoadState", "--value", SystemdUnit.NAME);
        if (known.fine() ? known.output().equals("not-found") : !file.exists()) return absent(file, say);
        var active = systemctl("is-active", SystemdUnit.NAME);
        say.accept("state:   " + active.output());
        say.accept("enabled: " + systemctl("is-enabled", SystemdUnit.NAME).output());
        systemctl("show", "-p", "MainPID,NRestarts,FragmentPath", SystemdUnit.NAME)
                .output()
                .lines()
                .sorted()
                .forEach(say);
        return active.fine() ? 0 : Failure.ERROR;
    }

    private int absent(ServiceFile file, Consumer<String> say) {
        say.accept("not installed: there is no " + file.name());
        return NOT_INSTALLED;
    }

    private ServiceFile file() {
        if (system) return named(machine.at("/etc/systemd/system"));
        String configured = machine.variables().getOrDefault("XDG_CONFIG_HOME", "");
        Path config = configured.startsWith("/")
                ? Path.of(configured)
                : machine.userHome().resolve(".config");
        return named(config.resolve("systemd").resolve("user"));
    }

    private ServiceFile named(Path directory) {
        Path path = directory.resolve(SystemdUnit.NAME);
        return new ServiceFile(path, machine.named(path));
    }

    private void requireSystemd() {
        if (systemctl("--version").code() == Programs.MISSING)
            throw new Failure(
                    NO_SERVICES,
                    "no systemd here (systemctl is missing); have `paddock serve` started by what starts services here");
        if (!Files.isDirectory(machine.at("/run/systemd/system")))
            throw new Failure(
                    NO_SERVICES,
                    "systemd is installed but does not run here (a container?); `paddock serve` runs without it, and"
                            + " --print shows the unit");
    }

    private void must(ServiceFile file, String... words) {
        var result = systemctl(words);
        if (result.fine()) return;
        String state = file.exists() ? file.name() + " is there, but " : "";
        String scope = system ? "" : "--user ";
        throw new Failure(state + "`systemctl " + scope + String.join(" ", words) + "` ended with " + result.code()
                + ": " + result.output());
    }

    private Programs.Result systemctl(String... words) {
        List<String> line = new ArrayList<>(List.of("systemctl"));
        if (!system) line.add("--user");
        line.addAll(List.of(words));
        return machine.programs().run(line);
    }
}
