package dev.paddock.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.cli.server.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The files that describe a service, against those under {@code src/test/resources}. */
class ServiceTextsTest {
    private static final Path ENVIRONMENT = Path.of("/etc/paddock/paddock.env");

    @TempDir
    Path directory;

    private static ServiceSpec ofMachine() {
        return new ServiceSpec(
                Path.of("/opt/paddock"),
                Path.of("/var/lib/paddock"),
                Optional.of("paddock"),
                List.of("render", "video"),
                Map.of(),
                ENVIRONMENT);
    }

    private static ServiceSpec ofUser(String home, Map<String, String> variables) {
        return new ServiceSpec(
                Path.of("/home/ann/my $paddock"),
                Path.of(home),
                Optional.empty(),
                List.of(),
                variables,
                Path.of("/home/ann/.config/paddock/paddock.env"));
    }

    private static void isGolden(String text, String name) throws IOException {
        try (var golden = ServiceTextsTest.class.getResourceAsStream(name)) {
            assertThat(text).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theUnitOfTheMachine() throws IOException {
        isGolden(SystemdUnit.of(ofMachine()), "system.service");
    }

    @Test
    void theUnitOfAUserKeepsWhatSystemdWouldReplace() throws IOException {
        var spec = ofUser("/home/ann/50% \"own\"", Map.of("PADDOCK_JAVA", "/home/ann/jdk 25"));
        isGolden(SystemdUnit.of(spec), "user.service");
    }

    @Test
    void aHomeElsewhereIsMadeWritable() {
        var spec = new ServiceSpec(
                Path.of("/opt/paddock"),
                Path.of("/data/models"),
                Optional.of("paddock"),
                List.of(),
                Map.of(),
                ENVIRONMENT);
        assertThat(SystemdUnit.of(spec))
                .contains("ReadWritePaths=\"/data/models\"\n")
                .doesNotContain("StateDirectory", "SupplementaryGroups");
    }

    @Test
    void nothingInTheUnitShutsOutGpusOrTheJvmsCompiler() {
        assertThat(SystemdUnit.of(ofMachine()).lines())
                .contains("MemoryDenyWriteExecute=no", "PrivateDevices=no", "ProtectClock=no")
                .noneMatch(line -> line.startsWith("DeviceAllow") || line.startsWith("DevicePolicy"));
    }

    /** systemd reads it; the script must exist, as {@code verify} looks for it. */
    @Test
    void systemdFindsNothingWrongWithTheUnit() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")));
        Path bin = Files.createDirectories(directory.resolve("100% of $HOME/bin"));
        assertThat(Files.createFile(bin.resolve("paddock")).toFile().setExecutable(true))
                .isTrue();
        var spec = new ServiceSpec(
                bin.getParent(), Path.of("/data/a b"), Optional.of("paddock"), List.of(), Map.of(), ENVIRONMENT);
        Path unit = Files.writeString(directory.resolve("paddock.service"), SystemdUnit.of(spec));
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder("systemd-analyze", "verify", unit.toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out)).doesNotContain("paddock.service");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void thePropertyListOfLaunchd() throws Exception {
        String list = LaunchdPlist.of(ofUser("/Users/ann/R&D <x>", Map.of("PADDOCK_JAVA", "/Users/ann/jdk")));
        isGolden(list, "server.plist");
        NodeList texts = xml(list).getElementsByTagName("string");
        assertThat(texts.item(1).getTextContent()).isEqualTo("/home/ann/my $paddock/bin/paddock");
        assertThat(texts.item(3).getTextContent()).isEqualTo("/Users/ann/R&D <x>");
    }

    @Test
    void theFileOfWinsw() throws Exception {
        String file = WinswFile.of(ofUser("/data/R&D", Map.of()), "C:\\jdk 25\\bin\\java.exe");
        isGolden(file, "winsw.xml");
        assertThat(xml(file).getElementsByTagName("arguments").item(0).getTextContent())
                .contains("\"-Dpaddock.home=/data/R&D\"");
    }

    /** Without the DTD, which lies elsewhere. */
    private static Document xml(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @Test
    void aLineMoreInAPathIsNoLineMoreInTheUnit() {
        assertThatThrownBy(() -> ofUser("/home/ann\nExecStart=/bin/sh", Map.of()))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("control characters");
        assertThatThrownBy(() -> new ServiceSpec(
                        Path.of("/opt/paddock"),
                        Path.of("/x"),
                        Optional.of("root x"),
                        List.of(),
                        Map.of(),
                        ENVIRONMENT))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("'root x'");
    }
}
