package dev.paddock.itest.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import dev.paddock.itest.e2e.Golden;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Debian package is installed as dpkg does it, used as its user, and removed, in a copy of this machine. */
class DebianPackageTest {
    private static final Path TARGET = Layout.root().resolve("distribution/target");
    private static final int NO_OVERLAYS = 99;

    @TempDir
    Path directory;

    @BeforeAll
    static void aMachineThatInstallsPackages() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is not installed: no Debian machine");
        assumeTrue("root".equals(System.getProperty("user.name")), "only root may install packages");
        assumeTrue(Files.isExecutable(Path.of("/usr/sbin/adduser")), "adduser is missing; ./test installs it");
    }

    @Test
    void itIsInstalledUsedUpgradedAndRemoved() throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--",
                        "sh",
                        Layout.root()
                                .resolve("bundles/itest/src/test/resources/house/install-deb.sh")
                                .toString(),
                        packaged().toString(),
                        Integer.toString(freePort()))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = process.waitFor(300, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(out);
        assertThat(ended).as(said).isTrue();
        assumeTrue(
                process.exitValue() != NO_OVERLAYS && !said.startsWith("unshare:"), "no overlays may be mounted here");
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said)
                .contains(
                        "brings its own Java",
                        "service status: 3",
                        Golden.named("who-are-you").answer())
                .containsPattern("paddock:x:\\d+:\\d+:.*:/var/lib/paddock:/usr/sbin/nologin")
                .contains("removed but for its settings", "purged but for the models");
    }

    private static Path packaged() throws IOException {
        try (var files = Files.newDirectoryStream(TARGET, "paddock_*.deb")) {
            var found = files.iterator();
            assumeTrue(found.hasNext(), "no package was built: -Dquick leaves it out");
            return found.next();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
