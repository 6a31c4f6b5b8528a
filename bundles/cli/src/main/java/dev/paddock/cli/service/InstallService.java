package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Installs the service and starts it. */
@Command(
        name = "install",
        description = "Have the server started now and with the machine or the session.",
        footer = {
            "",
            "PADDOCK_HOME chooses the data; else /var/lib/paddock for the machine.",
            "Exit codes: 0 done, 1 it did not work, 2 asked wrongly,",
            "3 nothing here starts services."
        })
final class InstallService implements Callable<Integer> {
    /** Java where the start script looks by itself. */
    private static final List<String> USUAL = List.of("/usr/lib/jvm/", "/Library/Java/", "/opt/java/", "/opt/jdk-25");

    private final Site site;
    private final Machine machine;

    @ArgGroup(exclusive = true)
    private Scope scope = new Scope();

    @Option(
            names = "--as",
            paramLabel = "NAME",
            defaultValue = "paddock",
            description = "The user that a service of the machine runs as; made if there is none.")
    private String user;

    @Option(names = "--print", description = "Only print the file that would be written.")
    private boolean print;

    InstallService(Site site, Machine machine) {
        this.site = site;
        this.machine = machine;
    }

    @Override
    public Integer call() {
        boolean system = scope.isSystem(machine);
        ServiceSystem services = ServiceSystem.of(machine, system);
        ServiceSpec spec = spec(system);
        if (print) {
            site.out().print(services.text(spec));
            return 0;
        }
        int code = services.install(spec, site.out()::println);
        tellOfVariables(spec);
        return code;
    }

    private ServiceSpec spec(boolean system) {
        Path install = site.install()
                .orElseThrow(() -> new Failure("this command belongs to no distribution; use its bin/paddock"));
        return new ServiceSpec(
                install,
                ServiceHome.of(machine, system, site.home()),
                system && !machine.isWindows() ? Optional.of(user) : Optional.empty(),
                machine.groups("render", "video"),
                java(install),
                ServiceHome.environmentFile(machine, system));
    }

    /** A service has none of the variables by which a shell finds Java. */
    private Map<String, String> java(Path install) {
        String java = machine.java().toString();
        boolean found = machine.java().startsWith(install) || USUAL.stream().anyMatch(java::startsWith);
        return found || machine.isWindows() ? Map.of() : Map.of("PADDOCK_JAVA", java);
    }

    private void tellOfVariables(ServiceSpec spec) {
        String unseen = machine.variables().keySet().stream()
                .filter(name -> name.startsWith("PADDOCK_") || name.startsWith("OLLAMA_"))
                .filter(name -> !name.equals("PADDOCK_HOME") && !name.equals("PADDOCK_JAVA"))
                .sorted()
                .collect(Collectors.joining(", "));
        if (unseen.isEmpty()) return;
        String where = machine.isMac() || machine.isWindows()
                ? "configs/ of its home"
                : spec.environmentFile().toString();
        site.out().println("the service does not see your shell's " + unseen + "; settings for it go into " + where);
    }
}
