package dev.paddock.cli.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.api.settings.HostAddress;
import dev.paddock.cli.server.Site;
import dev.paddock.cli.server.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on a machine that is a directory, with programs that only note what they are told. */
class ServiceCommandTest {
    private record Outcome(int code, String out, String err) {}

    @TempDir
    Path root;

    private final List<String> told = new ArrayList<>();
    private final Map<String, Programs.Result> answers = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();
    private Path install;

    @BeforeEach
    void furnish() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/system"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/group"), "root:x:0:\nvideo:x:44:\n");
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        install = root.resolve("opt");
        Path bin = Files.createDirectories(install.resolve("bin"));
        Files.createFile(bin.resolve("paddock")).toFile().setExecutable(true);
    }

    private Programs.Result answer(List<String> words) {
        String line = String.join(" ", words);
        told.add(line);
        return answers.getOrDefault(line, new Programs.Result(0, ""));
    }

    private Outcome run(String os, int userId, String... words) {
        var machine = new Machine(
                os, root, root.resolve("home"), userId, Path.of("/usr/lib/jvm/jdk-25"), variables, this::answer);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Site site = new Site(
                HostAddress.parse("127.0.0.1:9"),
                root.resolve("data"),
                Optional.of(install),
                new Terminal(false, false, false),
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        var command = ServiceCommand.withParts(site, machine);
        command.setExecutionExceptionHandler((e, line, result) -> site.tell(e));
        return new Outcome(
                command.execute(words), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path userUnit() {
        return root.resolve("home/.config/systemd/user/paddock.service");
    }

    @Test
    void aUsersServiceIsWrittenEnabledAndStarted() throws IOException {
        variables.put("OLLAMA_HOST", "0.0.0.0");
        var installed = run("Linux", 1000, "install");
        assertThat(installed.code()).as(installed.err()).isZero();
        assertThat(installed.out())
                .contains("wrote /home/.config/systemd/user/paddock.service\n", "enabled: ", "started; ", "linger")
                .contains("does not see your shell's OLLAMA_HOST; settings for it go into ")
                .contains(".config/paddock/paddock.env");
        assertThat(Files.readString(userUnit())).contains("ExecStart=\"" + install + "/bin/paddock\" serve");
        assertThat(told)
                .containsExactly(
                        "systemctl --user --version",
                        "systemctl --user daemon-reload",
                        "systemctl --user enable paddock.service",
                        "systemctl --user restart paddock.service");
    }

    @Test
    void itIsStoppedBeforeItIsRemoved() {
        run("Linux", 1000, "install");
        told.clear();
        var removed = run("Linux", 1000, "uninstall");
        assertThat(removed.code()).as(removed.err()).isZero();
        assertThat(removed.out()).contains("stopped and disabled\nremoved /home/");
        assertThat(userUnit()).doesNotExist();
        assertThat(told.get(1)).isEqualTo("systemctl --user disable --now paddock.service");
        assertThat(run("Linux", 1000, "uninstall").code()).isEqualTo(ServiceSystem.NOT_INSTALLED);
    }

    @Test
    void whatSystemdRefusesIsSaidAndSoIsWhatIsThere() {
        answers.put("systemctl --user enable paddock.service", new Programs.Result(1, "Failed to connect to bus"));
        var installed = run("Linux", 1000, "install");
        assertThat(installed.code()).isEqualTo(1);
        assertThat(installed.err())
                .isEqualTo("Error: /home/.config/systemd/user/paddock.service is there, but `systemctl --user enable"
                        + " paddock.service` ended with 1: Failed to connect to bus\n");
    }

    @Test
    void withoutSystemdNothingIsWritten() throws IOException {
        Files.delete(root.resolve("run/systemd/system"));
        var off = run("Linux", 1000, "install");
        assertThat(off.code()).isEqualTo(ServiceSystem.NO_SERVICES);
        assertThat(off.err().lines()).singleElement().asString().contains("does not run here");
        answers.put("systemctl --user --version", new Programs.Result(Programs.MISSING, "no such file"));
        for (String word : List.of("install", "uninstall", "status")) {
            var missing = run("Linux", 1000, word);
            assertThat(missing.code()).isEqualTo(ServiceSystem.NO_SERVICES);
            assertThat(missing.err().lines()).singleElement().asString().contains("systemctl is missing");
        }
        assertThat(userUnit()).doesNotExist();
    }

    @Test
    void aUnitOfAnotherIsLeftAlone() throws IOException {
        Files.createDirectories(userUnit().getParent());
        Files.writeString(userUnit(), "[Service]\nExecStart=/usr/bin/other\n");
        for (String word : List.of("install", "uninstall")) {
            var refused = run("Linux", 1000, word);
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("was not written by this command");
        }
        assertThat(userUnit()).content().contains("/usr/bin/other");
    }

    @Test
    void theMachinesServiceIsForRootAndNeedsAnInstallationInReach() {
        var refused = run("Linux", 1000, "install", "--system");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("only root", "sudo");
        // A directory for tests is closed to others, as a root's own is.
        var closed = run("Linux", 0, "install");
        assertThat(closed.code()).isEqualTo(1);
        assertThat(closed.err()).contains("cannot reach the installation: ", "closed to others");
        assertThat(root.resolve("etc/systemd")).doesNotExist();
        assertThat(told).noneMatch(line -> line.startsWith("useradd"));
    }

    @Test
    void whatWouldBeWrittenIsPrinted() {
        var printed = run("Linux", 0, "install", "--print", "--as", "llm");
        assertThat(printed.out())
                .contains("User=llm\n", "SupplementaryGroups=video\n", "StateDirectory=paddock\n")
                .doesNotContain("PADDOCK_JAVA");
        assertThat(told).isEmpty();
        assertThat(run("Linux", 0, "install", "--print", "--user").out()).doesNotContain("User=");
        assertThat(run("Mac OS X", 501, "install", "--print").out()).contains("<plist");
        assertThat(run("Windows 11", -1, "install", "--print").out()).contains("<service>");
    }

    @Test
    void statusIsAnExitCode() {
        answers.put("systemctl show -p LoadState --value paddock.service", new Programs.Result(0, "not-found"));
        assertThat(run("Linux", 0, "status").code()).isEqualTo(ServiceSystem.NOT_INSTALLED);
        answers.put("systemctl show -p LoadState --value paddock.service", new Programs.Result(0, "loaded"));
        answers.put("systemctl is-active paddock.service", new Programs.Result(0, "active"));
        answers.put("systemctl is-enabled paddock.service", new Programs.Result(0, "enabled"));
        var runs = run("Linux", 0, "status");
        assertThat(runs.code()).isZero();
        assertThat(runs.out()).startsWith("state:   active\nenabled: enabled\n");
        answers.put("systemctl is-active paddock.service", new Programs.Result(3, "failed"));
        assertThat(run("Linux", 0, "status").code()).isEqualTo(1);
    }

    @Test
    void launchdIsToldTheSession() {
        var installed = run("Mac OS X", 501, "install");
        assertThat(installed.code()).as(installed.err()).isZero();
        Path list = root.resolve("home/Library/LaunchAgents/dev.paddock.server.plist");
        assertThat(list).exists();
        assertThat(told).containsExactly("launchctl version", "launchctl bootstrap gui/501 " + list);
        assertThat(root.resolve("data/logs")).isDirectory();
        answers.put("launchctl print gui/501/dev.paddock.server", new Programs.Result(0, "\tstate = running\n"));
        assertThat(run("Mac OS X", 501, "status").code()).isZero();
        assertThat(run("Mac OS X", 501, "uninstall").code()).isZero();
        assertThat(list).doesNotExist();
    }

    @Test
    void windowsIsToldWhatIsLeftToDo() {
        var installed = run("Windows 11", -1, "install");
        assertThat(installed.code()).isEqualTo(1);
        assertThat(installed.out()).contains("not installed yet: put WinSW", "paddock-service.exe install");
        assertThat(root.resolve("data/service/paddock-service.xml")).exists();
    }
}
