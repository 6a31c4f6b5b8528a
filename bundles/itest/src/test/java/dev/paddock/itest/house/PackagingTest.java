package dev.paddock.itest.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is promised of the image, the Compose file and the chart. The chart is rendered where {@code helm} is installed. */
class PackagingTest {
    private static final Path DISTRIBUTION = Layout.root().resolve("distribution");
    private static final String USER = "10001";

    @TempDir
    Path directory;

    private static String read(String file) throws IOException {
        return Files.readString(DISTRIBUTION.resolve(file));
    }

    @Test
    void theImageEndsAsNobodyAndIsAskedForItsHealth() throws IOException {
        List<String> lines = read("docker/Dockerfile").lines().toList();
        assertThat(lines).contains("USER " + USER + ":" + USER, "STOPSIGNAL SIGTERM");
        assertThat(lines.subList(lines.indexOf("USER " + USER + ":" + USER), lines.size()))
                .noneMatch(line -> line.startsWith("RUN") || line.startsWith("USER root"))
                .anyMatch(line -> line.startsWith("HEALTHCHECK") && line.contains("\"health\""));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("FROM"))
                .allMatch(line -> line.matches("FROM \\S+:\\S+") && !line.endsWith(":latest"));
    }

    @Test
    void composeWritesOnlyWhereItMustAndIsForThisMachine() throws IOException {
        assertThat(read("docker/compose.yaml"))
                .contains("read_only: true", "cap_drop:\n      - ALL", "no-new-privileges:true", "- /tmp:size=")
                .contains("\"127.0.0.1:11434:11434\"")
                .doesNotContain("privileged: true");
    }

    @Test
    void theChartIsOfThisVersion() throws IOException {
        String pom = Files.readString(Layout.root().resolve("pom.xml"));
        var version =
                Pattern.compile("<version>([0-9.]+)(-SNAPSHOT)?</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        assertThat(read("helm/paddock/Chart.yaml")).contains("appVersion: \"" + version.group(1) + "\"");
    }

    @Test
    void eachVariableIsOneThatTheReadmeKnows() throws IOException {
        String readme = Files.readString(Layout.root().resolve("README.md"));
        Set<String> unknown = new TreeSet<>();
        for (String part : List.of("docker", "helm"))
            try (Stream<Path> files = Files.walk(DISTRIBUTION.resolve(part))) {
                for (Path file : files.filter(Files::isRegularFile).toList())
                    Pattern.compile("PADDOCK_[A-Z_]+")
                            .matcher(Files.readString(file))
                            .results()
                            .map(match -> match.group())
                            .filter(name -> !readme.contains("`" + name + "`"))
                            .forEach(unknown::add);
            }
        assertThat(unknown).isEmpty();
    }

    @Test
    void aReplicaIsProbedDrainedAndLockedDown() throws Exception {
        String rendered = helm("template", "--set", "replicaCount=3,gpu.enabled=true");
        assertThat(rendered)
                .contains("replicas: 3", "kind: PodDisruptionBudget", "kind: NetworkPolicy", "volumeClaimTemplates:")
                .contains("startupProbe:\n            httpGet: { path: /livez", "livenessProbe:", "path: /readyz")
                .contains("preStop:", "command: [sleep, \"10\"]", "terminationGracePeriodSeconds: 60")
                .contains("runAsNonRoot: true", "runAsUser: " + USER, "readOnlyRootFilesystem: true", "drop: [ALL]")
                .contains("nvidia.com/gpu: 1");
        assertThat(helm("template", "--set", "persistence.enabled=false"))
                .contains("emptyDir: {}")
                .doesNotContain("volumeClaimTemplates", "nvidia.com", "PodDisruptionBudget");
        assertThat(helm("template", "--set", "drain.seconds=60")).contains("must be more than drain.seconds");
        assertThat(helm("lint", "--strict")).contains("0 chart(s) failed");
    }

    /** What is in the distribution, told by file and by licence, as far as the build knows. */
    @Test
    void eachLibraryIsInTheBillOfMaterials() throws IOException {
        Path licenses = DISTRIBUTION.resolve("target/paddock/licenses");
        assumeTrue(Files.exists(licenses.resolve("java.cdx.json")), "built with -Dquick: without bills of materials");
        String java = Files.readString(licenses.resolve("java.cdx.json"));
        assertThat(java)
                .contains("\"bomFormat\" : \"CycloneDX\"", "\"name\" : \"httpclient5\"", "\"name\" : \"sshd-osgi\"");
        try (Stream<Path> jars = Stream.of("platform", "cli")
                .flatMap(
                        part -> files(DISTRIBUTION.resolve("target/paddock/lib").resolve(part)))) {
            assertThat(jars).allSatisfy(jar -> assertThat(java)
                    .contains("\"name\" : \"" + jar.getFileName().toString().replaceAll("-[0-9].*", "") + "\""));
        }
        assertThat(Files.readString(licenses.resolve("native.cdx.json"))).contains("node-llama-cpp");
        assertThat(Files.readString(licenses.resolve("THIRD-PARTY-java.txt")))
                .contains("picocli", "jackson-databind", "httpclient5")
                .doesNotContain("JUnit");
    }

    private static Stream<Path> files(Path directory) {
        try {
            return Files.list(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What helm says of the chart. */
    private String helm(String verb, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("helm", verb));
        if (verb.equals("template")) command.add("release");
        command.addAll(List.of(DISTRIBUTION.resolve("helm/paddock").toString(), "--kube-version", "1.31.0"));
        command.addAll(List.of(words));
        Path out = directory.resolve("helm.out");
        Process process = startedOrSkipped(command, out);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(out);
    }

    private static Process startedOrSkipped(List<String> command, Path out) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "helm is not installed");
            throw new IllegalStateException(e);
        }
    }
}
