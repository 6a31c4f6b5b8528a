package dev.paddock.cli.server;

import dev.paddock.api.settings.HostAddress;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Starts a server that outlives this command. */
public final class ServerStart {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 20;
    private static final int PROBE_MILLIS = 2_000;
    private static final int TAIL_LINES = 15;
    /** Exit codes of a server that finds another in its place. */
    private static final int ADDRESS_TAKEN = 2;

    private static final int HOME_IN_USE = 5;

    /** A session of its own, so that Ctrl-C here does not end it; without {@code setsid} it is deaf to that signal. */
    private static final String DETACHED =
            "command -v setsid >/dev/null 2>&1 && exec setsid \"$0\" serve; trap '' INT HUP; exec \"$0\" serve";

    private final Site site;
    private final Path log;

    /** A start at that site. */
    public ServerStart(Site site) {
        this.site = site;
        this.log = site.home().resolve("logs").resolve("server.out");
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @return how long that took
     * @throws NoServer when the address is not on this machine or there is no distribution to start
     * @throws Failure when the server ends or is not ready in time; with the end of its output
     */
    public Duration start(NoServer because) {
        Path script = script(because);
        long start = System.nanoTime();
        site.err().print("No server on " + site.api().address().authority() + "; starting one...");
        site.err().flush();
        Process process = spawn(script);
        await(process, "/livez", start);
        await(process, "/readyz", start);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        site.say(String.format(Locale.ROOT, " ready in %.1f s.", took.toMillis() / 1000.0));
        return took;
    }

    private Path script(NoServer because) {
        if (site.install().isEmpty() || !isLocal()) throw because;
        Path script = site.install().get().resolve("bin").resolve("paddock");
        if (!Files.isExecutable(script)) throw because;
        return script;
    }

    private boolean isLocal() {
        try {
            InetAddress address = InetAddress.getByName(site.api().address().host());
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private Process spawn(Path script) {
        try {
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder("/bin/sh", "-c", DETACHED, script.toString())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("PADDOCK_HOST", site.address().authority());
            return builder.start();
        } catch (IOException e) {
            site.say("");
            throw new Failure("the server cannot be started: " + e.getMessage() + "; is " + site.home()
                    + " writable? PADDOCK_HOME chooses another home");
        }
    }

    private void await(Process process, String path, long start) {
        String last = "nothing";
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            try {
                Api.Probe probe = site.api().probe(path, PROBE_MILLIS);
                if (probe.status() == 200) return;
                last = probe.status() + " " + probe.text();
            } catch (Failure notYet) {
                last = notYet.getMessage();
            }
            if (!process.isAlive() && !anotherComesUp(process.exitValue())) {
                site.say("");
                throw new Failure("the server ended at once with exit code " + process.exitValue() + ":\n" + tail());
            }
            pause();
        }
        site.say("");
        throw new Failure("the server (process " + process.pid() + ") was not ready within " + PATIENCE.toSeconds()
                + " s; " + path + " last said: " + last + "\n" + tail());
    }

    /** Whether somebody started a server here at the same moment: it is then waited for as if it were ours. */
    private boolean anotherComesUp(int exitCode) {
        return switch (exitCode) {
            case ADDRESS_TAKEN -> answers();
            case HOME_IN_USE -> !homeServesElsewhere();
            default -> false;
        };
    }

    private boolean answers() {
        try {
            return site.api().probe("/livez", PROBE_MILLIS).status() > 0;
        } catch (Failure nobody) {
            return false;
        }
    }

    /** By the file in which a server says where it listens, once it does. */
    private boolean homeServesElsewhere() {
        try {
            List<String> lines = Files.readAllLines(site.home().resolve("paddock.pid"));
            return lines.size() > 1
                    && HostAddress.parse(lines.get(1)).port()
                            != site.api().address().port();
        } catch (IOException e) {
            return false; // not there yet
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw new Failure(Failure.INTERRUPTED, "interrupted");
        }
    }

    private String tail() {
        try {
            List<String> lines = new ArrayList<>(new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
            return "  " + String.join("\n  ", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException | UncheckedIOException e) {
            return "  (" + log + " cannot be read)";
        }
    }
}
