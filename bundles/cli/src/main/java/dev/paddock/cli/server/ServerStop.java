package dev.paddock.cli.server;

import dev.paddock.api.settings.HostAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Stops the server of this home. {@code <home>/paddock.pid}, written by the server, has its process id and its address,
 * a line each; the process is only ended when it is a Paddock's.
 */
public final class ServerStop {
    private static final String PID_FILE = "paddock.pid";
    private static final String SERVER_CLASS = "dev.paddock.launcher";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long POLL_MS = 10;

    private final Site site;
    private final Path pidFile;

    /** The server of that site's home. */
    public ServerStop(Site site) {
        this.site = site;
        this.pidFile = site.home().resolve(PID_FILE);
    }

    /** Asks it to end and waits until it has; gives the exit code. */
    public int stop() {
        Optional<ProcessHandle> server = server();
        if (server.isEmpty()) return none();
        ProcessHandle process = server.get();
        long start = System.nanoTime();
        if (!process.destroy()) {
            throw new Failure("process " + process.pid() + " cannot be asked to end; is it another user's?");
        }
        await(process);
        long millis = (System.nanoTime() - start) / 1_000_000;
        site.out().println("stopped the server (process " + process.pid() + ") in " + millis + " ms");
        return 0;
    }

    /** Asks again and again: what the JDK offers for a process that is not its child looks only every second or two. */
    private static void await(ProcessHandle process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            // One that nobody has reaped yet is alive to the JDK, but has no command line any more.
            while (process.isAlive() && isServer(process)) {
                if (System.nanoTime() > deadline) {
                    throw new Failure(
                            "the server (process " + process.pid() + ") was asked to end and still runs after "
                                    + PATIENCE.toSeconds() + " s: answers may be running; end it at once with: kill -9 "
                                    + process.pid());
                }
                Thread.sleep(POLL_MS);
            }
        } catch (InterruptedException e) {
            throw new Failure(Failure.INTERRUPTED, "interrupted");
        }
    }

    private int none() {
        try {
            site.api().probe("/livez", 3_000);
        } catch (NoServer e) {
            site.out().println("no server is running");
            return 0;
        }
        throw new Failure("something answers on " + site.address().forClient().authority() + ", but " + pidFile
                + " names no running server: it uses another home (set PADDOCK_HOME) or is no Paddock");
    }

    private Optional<ProcessHandle> server() {
        List<String> lines;
        try {
            if (!Files.exists(pidFile)) return Optional.empty();
            lines = Files.readAllLines(pidFile);
        } catch (IOException e) {
            throw new Failure(pidFile + " cannot be read: " + e);
        }
        if (lines.isEmpty() || !lines.getFirst().matches("[0-9]{1,18}")) return Optional.empty();
        Optional<ProcessHandle> process =
                ProcessHandle.of(Long.parseLong(lines.getFirst())).filter(ServerStop::isServer);
        if (process.isPresent() && lines.size() > 1) checkAddress(HostAddress.parse(lines.get(1)));
        return process;
    }

    /** After a crash its number may belong to another program. */
    private static boolean isServer(ProcessHandle process) {
        var info = process.info();
        String line = info.commandLine().orElse("")
                + String.join(" ", info.arguments().orElse(new String[0]));
        return line.contains(SERVER_CLASS);
    }

    private void checkAddress(HostAddress listens) {
        int wanted = site.address().port();
        if (wanted == listens.port() || wanted == HostAddress.DEFAULT_PORT) return;
        throw new Failure("the server of " + site.home() + " listens on " + listens.authority() + ", not on "
                + site.address().authority() + "; set PADDOCK_HOST or PADDOCK_HOME to the one you mean");
    }
}
