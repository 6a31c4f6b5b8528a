package dev.paddock.itest.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** OpenSSH's own client, with a key and a list of known hosts of its own. */
final class SshClient {
    private final Path directory;
    private final int port;

    /** What it printed, both streams together, and its exit status. */
    record Ended(String said, int status) {}

    /** @param directory where its key and the hosts that it knows are kept */
    SshClient(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Whether this machine has it. */
    static boolean possible() {
        try {
            return run(List.of("ssh", "-V"), "").status() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Makes a key of this name, and gives the line that stands for it in a file of authorized keys. */
    String key(String name) throws Exception {
        Path file = directory.resolve(name);
        run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file.toString()), "");
        return Files.readString(directory.resolve(name + ".pub"));
    }

    /**
     * Connects.
     *
     * @param key by its name
     * @param input what comes from standard input
     * @param words more of the command line: options, or the command
     */
    Ended connect(String key, String input, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-p", Integer.toString(port)));
        command.addAll(List.of("-i", directory.resolve(key).toString(), "-o", "IdentitiesOnly=yes"));
        command.addAll(List.of("-o", "IdentityAgent=none", "-o", "BatchMode=yes", "-o", "LogLevel=ERROR"));
        command.addAll(List.of("-o", "StrictHostKeyChecking=accept-new"));
        command.addAll(List.of("-o", "UserKnownHostsFile=" + directory.resolve("known_hosts"), "127.0.0.1"));
        command.addAll(List.of(words));
        return run(command, input);
    }

    private static Ended run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException _) {
            // it ended without reading
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " does not end: " + said);
        }
        return new Ended(said, process.exitValue());
    }
}
