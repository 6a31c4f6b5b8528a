package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Services of launchd.
 *
 * @param system whether a daemon of the machine and not an agent of the user
 */
record Launchd(Machine machine, boolean system) implements ServiceSystem {
    @Override
    public String text(ServiceSpec spec) {
        return LaunchdPlist.of(spec);
    }

    @Override
    public int install(ServiceSpec spec, Consumer<String> say) {
        requireLaunchd();
        ServiceSystem.needsRoot(machine, system);
        spec.user().ifPresent(this::requireUser);
        logDirectory(spec);
        ServiceFile file = file();
        boolean replaced = file.exists();
        file.write(text(spec), say);
        if (replaced) launchctl("bootout", target());
        must(file, "bootstrap", domain(), file.path().toString());
        say.accept("started, and starts with " + (system ? "the machine" : "your session") + "; log: "
                + spec.home().resolve("logs/service.out"));
        return 0;
    }

    @Override
    public int uninstall(Consumer<String> say) {
        requireLaunchd();
        ServiceFile file = file();
        if (!file.exists()) return absent(file, say);
        ServiceSystem.needsRoot(machine, system);
        file.refuseForeign();
        must(file, "bootout", target());
        say.accept("stopped");
        file.remove(say);
        return 0;
    }

    @Override
    public int status(Consumer<String> say) {
        requireLaunchd();
        ServiceFile file = file();
        if (!file.exists()) return absent(file, say);
        var printed = launchctl("print", target());
        boolean runs = printed.fine() && printed.output().contains("state = running");
        say.accept("state: " + (runs ? "running" : printed.fine() ? "not running" : "not loaded"));
        say.accept("file:  " + file.name());
        return runs ? 0 : Failure.ERROR;
    }

    private int absent(ServiceFile file, Consumer<String> say) {
        say.accept("not installed: there is no " + file.name());
        return NOT_INSTALLED;
    }

    private ServiceFile file() {
        Path library = system
                ? machine.at("/Library/LaunchDaemons")
                : machine.userHome().resolve("Library/LaunchAgents");
        Path path = library.resolve(LaunchdPlist.LABEL + ".plist");
        return new ServiceFile(path, machine.named(path));
    }

    private String domain() {
        return system ? "system" : "gui/" + machine.userId();
    }

    private String target() {
        return domain() + "/" + LaunchdPlist.LABEL;
    }

    private void requireUser(String user) {
        if (!machine.programs().run(List.of("id", "-u", user)).fine())
            throw new Failure("there is no user " + user + "; make one, or name another with --as");
    }

    /** launchd opens the log before the server could make its directory. */
    private void logDirectory(ServiceSpec spec) {
        Path logs = spec.home().resolve("logs");
        try {
            Files.createDirectories(logs);
        } catch (IOException e) {
            throw new Failure(spec.home() + " cannot be made: " + e.getMessage());
        }
        spec.user().ifPresent(user -> {
            var owned =
                    machine.programs().run(List.of("chown", user, spec.home().toString(), logs.toString()));
            if (!owned.fine()) throw new Failure(logs + " cannot be given to " + user + ": " + owned.output());
        });
    }

    private void requireLaunchd() {
        if (launchctl("version").code() == Programs.MISSING)
            throw new Failure(NO_SERVICES, "no launchd here (launchctl is missing)");
    }

    private void must(ServiceFile file, String... words) {
        var result = launchctl(words);
        if (!result.fine())
            throw new Failure(file.name() + " is there, but `launchctl " + String.join(" ", words) + "` ended with "
                    + result.code() + ": " + result.output());
    }

    private Programs.Result launchctl(String... words) {
        List<String> line = new ArrayList<>(List.of("launchctl"));
        line.addAll(List.of(words));
        return machine.programs().run(line);
    }
}
