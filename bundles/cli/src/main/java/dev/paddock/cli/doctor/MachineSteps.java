package dev.paddock.cli.doctor;

import dev.paddock.cli.http.Json;
import dev.paddock.cli.server.Site;
import java.nio.file.Files;

/** What everybody needs. */
final class MachineSteps {
    private static final int JAVA = 25;
    private static final int MILLIS = 5_000;

    private MachineSteps() {}

    /** Gives whether a server answers. */
    static boolean run(Site site, Steps steps) {
        steps.pass("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        int java = Runtime.version().feature();
        steps.check("Java", java >= JAVA, "version " + java + ", needed is " + JAVA);
        boolean writable =
                !Files.exists(site.home()) || Files.isDirectory(site.home()) && Files.isWritable(site.home());
        steps.check("data directory", writable, site.home() + (writable ? "" : " cannot be written; see PADDOCK_HOME"));
        var ready = steps.need("server", () -> site.api().probe("/readyz", MILLIS));
        if (ready.isEmpty()) return false;
        boolean isReady = ready.get().status() == 200;
        steps.check(
                "server",
                isReady,
                site.address().authority() + (isReady ? " is ready" : " is not ready: paddock health"));
        if (!isReady) return false;
        steps.need("models", () -> Json.maps(site.api().get("/api/tags"), "models")
                        .size())
                .ifPresent(count -> steps.check(
                        "models",
                        count > 0,
                        count + (count > 0 ? " in the store" : " in the store; see paddock create")));
        return true;
    }
}
