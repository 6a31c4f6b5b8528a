package dev.paddock.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.connect.ConnectModule;

class BundleClassesTest {
    private static final String MAKER = "a.model;version=\"1.0\";uses:=\"a.x,a.y\",a.more;version=\"1.0\"";
    private static final String USER = "org.x;version=\"[1,2)\",a.model;version=\"[1,2)\"";

    @TempDir
    Path directory;

    private Path classes;
    private Path maker;
    private Path user;
    private Path stranger;

    @BeforeEach
    void build() throws IOException {
        var all = Map.of(
                "a/model/Maker.class", "maker", "b/User.class", "user", "c/Other.class", "other", "c/page", "page");
        classes = jar("paddock-bundles.jar", Map.of(), all);
        maker = jar("maker.jar", Map.of("Export-Package", MAKER), Map.of("a/model/Maker.class", "maker"));
        user = jar(
                "user.jar", Map.of("Import-Package", USER), Map.of("b/User.class", "user", "OSGI-INF/b.xml", "<b/>"));
        stranger = jar(
                "stranger.jar",
                Map.of("Import-Package", "a.model.deep;version=\"1\""),
                Map.of("c/Other.class", "other", "c/page", "page"));
    }

    private Path jar(String name, Map<String, String> headers, Map<String, String> entries) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach(manifest.getMainAttributes()::putValue);
        Path file = directory.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes());
            }
        }
        return file;
    }

    private Map<Path, Optional<ConnectModule>> modules() {
        var read = new BundleClasses(List.of(classes), List.of(maker, user, stranger));
        return Map.of(maker, module(read, maker), user, module(read, user), stranger, module(read, stranger));
    }

    private static Optional<ConnectModule> module(BundleClasses read, Path jar) {
        return read.module(jar.toUri().toString());
    }

    private static boolean onClassPath(Optional<ConnectModule> module) throws IOException {
        return module.orElseThrow().getContent().getClassLoader().isPresent();
    }

    @Test
    void whatIsAsItWasBuiltIsLoadedFromTheClassPath() throws IOException {
        for (var module : modules().values()) assertThat(onClassPath(module)).isTrue();
    }

    @Test
    void aBundleWithAnotherClassOrOneMoreIsNot() throws IOException {
        maker = jar("maker.jar", Map.of("Export-Package", MAKER), Map.of("a/model/Maker.class", "newer"));
        stranger = jar("stranger.jar", Map.of(), Map.of("c/Other.class", "other", "c/page", "page", "c/New.class", ""));
        var modules = modules();
        assertThat(modules.get(maker)).isEmpty();
        assertThat(modules.get(stranger)).isEmpty();
    }

    @Test
    void oneThatUsesPackagesOfABundleThatIsAnotherIsNeither() throws IOException {
        maker = jar("maker.jar", Map.of("Export-Package", MAKER), Map.of("a/model/Maker.class", "newer"));
        var modules = modules();
        assertThat(onClassPath(modules.get(user))).isFalse();
        assertThat(onClassPath(modules.get(stranger))).isTrue();
    }

    @Test
    void oneThatUsesPackagesOfABundleThatWasReplacedWhileItRanIsNotAnyMore() throws IOException {
        var modules = modules();
        modules.get(maker).orElseThrow().getContent().close();
        assertThat(onClassPath(modules.get(user))).isFalse();
        assertThat(onClassPath(modules.get(stranger))).isTrue();
    }

    @Test
    void aFileThatIsNoJarIsLeftToTheFrameworkAndTheOthersAreReadAllTheSame() throws IOException {
        Files.writeString(maker, "no jar");
        var modules = modules();
        assertThat(modules.get(maker)).isEmpty();
        assertThat(onClassPath(modules.get(stranger))).isTrue();
    }

    @Test
    void aBrokenJarOfClassesIsAsNone() throws IOException {
        Files.writeString(classes, "no jar");
        for (var module : modules().values()) assertThat(module).isEmpty();
    }

    @Test
    void withoutTheJarOfClassesEachBundleHasItsOwnLoader() throws IOException {
        Files.delete(classes);
        for (var module : modules().values()) assertThat(module).isEmpty();
    }
}
