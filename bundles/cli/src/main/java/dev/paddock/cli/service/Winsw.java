package dev.paddock.cli.service;

import dev.paddock.cli.server.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Services of Windows by WinSW, which users fetch themselves. */
record Winsw(Machine machine) implements ServiceSystem {
    @Override
    public String text(ServiceSpec spec) {
        return WinswFile.of(
                spec, machine.java().resolve("bin").resolve("java.exe").toString());
    }

    @Override
    public int install(ServiceSpec spec, Consumer<String> say) {
        Path path = spec.home().resolve("service").resolve(WinswFile.NAME);
        new ServiceFile(path, path.toString()).write(text(spec), say);
        say.accept("not installed yet: put WinSW (version 2 or 3) beside it as paddock-service.exe, then run as"
                + " administrator: paddock-service.exe install, and paddock-service.exe start");
        return Failure.ERROR;
    }

    @Override
    public int uninstall(Consumer<String> say) {
        say.accept("run as administrator, beside " + WinswFile.NAME
                + ": paddock-service.exe stop, and paddock-service.exe uninstall");
        return Failure.ERROR;
    }

    @Override
    public int status(Consumer<String> say) {
        var asked = machine.programs().run(List.of("sc.exe", "query", "paddock"));
        if (asked.code() == Programs.MISSING) throw new Failure(NO_SERVICES, "sc.exe is missing");
        say.accept(asked.output());
        if (!asked.fine()) return NOT_INSTALLED;
        return asked.output().contains("RUNNING") ? 0 : Failure.ERROR;
    }
}
