package dev.paddock.cli.doctor;

import dev.paddock.cli.server.Failure;
import dev.paddock.cli.server.Site;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at the machine and at the running server. */
@Command(
        name = "doctor",
        description =
                "Check machine and server: one line PASS, FAIL or SKIP for each step; exit code 0 when none fails.")
public final class DoctorCommand implements Callable<Integer> {
    private final Site site;

    @Option(names = "--gpu", description = "Check driver, backends and answers of the GPU as well.")
    private boolean gpu;

    @Option(names = "--model", paramLabel = "MODEL", description = "What to compute with --gpu; default: starter.")
    private String model = "starter";

    @Option(names = "--json", description = "All steps as one JSON object, when all are done.")
    private boolean json;

    /** Acts at that site. */
    public DoctorCommand(Site site) {
        this.site = site;
    }

    @Override
    public Integer call() {
        var steps = new Steps(json ? new PrintStream(OutputStream.nullOutputStream()) : site.out());
        boolean answers = MachineSteps.run(site, steps);
        if (gpu) {
            GpuFiles.run(steps);
            if (answers) new GpuSteps(site.api(), model, steps).run();
            else steps.skip("GPU backends and answers", "no server answers");
        }
        if (json) site.json(steps.json());
        return steps.failed() ? Failure.ERROR : 0;
    }
}
