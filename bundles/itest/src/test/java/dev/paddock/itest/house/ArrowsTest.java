package dev.paddock.itest.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The allowed arrows between bundles, read off the manifests and classes that were built (docs/architecture.md). */
class ArrowsTest {
    private static final String OURS = "dev.paddock.";

    @Test
    void onlyApiAndGgufExportPackages() throws IOException {
        assertThat(headerPackages("Export-Package").entrySet())
                .filteredOn(e -> !e.getValue().isEmpty())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("api", "gguf");
    }

    @Test
    void noBundleImportsAnotherProvidersPackage() throws IOException {
        headerPackages("Import-Package").forEach((bundle, imports) -> assertThat(imports)
                .as("packages of ours that %s imports", bundle)
                .filteredOn(p -> p.startsWith(OURS))
                .allMatch(p -> p.startsWith(OURS + "api.") || readsGguf(bundle, p)));
    }

    @Test
    void everyExportedPackageCarriesAVersionOfItsOwn() throws IOException {
        for (Path jar : parts())
            try (JarFile file = new JarFile(jar.toFile())) {
                String exports = file.getManifest().getMainAttributes().getValue("Export-Package");
                if (exports != null) assertThat(exports).doesNotContain("version=\"0.0.0\"");
            }
    }

    @Test
    void symbolicNameIsTheRootPackage() throws IOException {
        for (Path jar : parts())
            try (JarFile file = new JarFile(jar.toFile())) {
                String name = file.getManifest().getMainAttributes().getValue("Bundle-SymbolicName");
                String root = name.replace('-', '.').replace('.', '/');
                assertThat(file.stream().map(e -> e.getName()).filter(n -> n.endsWith(".class")))
                        .as("classes of %s", name)
                        .allMatch(n -> n.startsWith(root)
                                || n.startsWith("dev/paddock/dialect/kit/")
                                || n.startsWith("dev/paddock/json/")
                                || n.startsWith("org/eclipse/jetty/unixdomain/")
                                || n.startsWith("io/prometheus/metrics/")
                                || n.startsWith("dev/paddock/runner/protocol/"));
            }
    }

    @Test
    void nativeCallsAreMadeInTheRunnerOnly() throws IOException {
        assertUsersOf(
                c -> c.equals("java/lang/foreign/Linker") || c.equals("java/lang/foreign/SymbolLookup"), Set.of());
    }

    @Test
    void jsonStaysAtTheEdgeInStoreAndSettings() throws IOException {
        assertUsersOf(
                c -> c.startsWith("tools/jackson/"),
                Set.of(
                        "dialect-ollama",
                        "dialect-openai",
                        "dialect-anthropic",
                        "dialect-gemini",
                        "explain",
                        "keys",
                        "metrics",
                        "operator",
                        "health",
                        "store",
                        "modelfile",
                        "telemetry",
                        "transfer",
                        "web",
                        "settings"));
    }

    @Test
    void servletTypesStayAtTheEdge() throws IOException {
        assertUsersOf(
                c -> c.startsWith("jakarta/servlet/"),
                Set.of(
                        "web",
                        "health",
                        "chat",
                        "console",
                        "explain",
                        "keys",
                        "metrics",
                        "operator",
                        "dialect-ollama",
                        "dialect-openai",
                        "dialect-anthropic",
                        "dialect-gemini"));
    }

    /** What is installed, and what a user may add. */
    private static List<Path> parts() throws IOException {
        return Stream.concat(Layout.bundles().stream(), Layout.plugins().stream())
                .toList();
    }

    private static boolean readsGguf(String bundle, String imported) {
        return imported.startsWith(OURS + "gguf")
                && Set.of("gguf", "store", "modelfile", "engine").contains(bundle);
    }

    private static void assertUsersOf(Predicate<String> type, Set<String> allowed) throws IOException {
        Set<String> users = new TreeSet<>();
        for (Path jar : parts()) if (references(jar).stream().anyMatch(type)) users.add(bundle(jar));
        assertThat(allowed).containsAll(users);
    }

    /** Internal names of all classes that the classes of a bundle refer to. */
    private static Set<String> references(Path jar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry :
                    file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                var model = ClassFile.of().parse(file.getInputStream(entry).readAllBytes());
                model.constantPool().forEach(constant -> {
                    if (constant instanceof ClassEntry type) names.add(type.asInternalName());
                });
            }
        }
        return names;
    }

    private static Map<String, Set<String>> headerPackages(String header) throws IOException {
        Map<String, Set<String>> byBundle = new TreeMap<>();
        for (Path jar : parts())
            try (JarFile file = new JarFile(jar.toFile())) {
                String value = file.getManifest().getMainAttributes().getValue(header);
                byBundle.put(bundle(jar), value == null ? Set.of() : packages(value));
            }
        return byBundle;
    }

    /** Package names of an import or export clause; attributes and quoted version ranges left out. */
    private static Set<String> packages(String header) {
        return Arrays.stream(header.replaceAll("\"[^\"]*\"", "").split(","))
                .flatMap(clause -> Arrays.stream(clause.split(";")))
                .filter(part -> !part.contains("="))
                .map(String::strip)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String bundle(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest()
                    .getMainAttributes()
                    .getValue("Bundle-SymbolicName")
                    .substring(OURS.length());
        }
    }
}
