package dev.paddock.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.osgi.framework.connect.ConnectModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hot bundles that are as they were built. Their classes lie in one jar of the class path once more, from where the
 * JVM's cache has them loaded and linked in no time. A bundle that is another, or comes later, has a class loader of its
 * own as ever; and so has each that uses packages of one that is not what it was.
 */
final class BundleClasses {
    private static final Logger LOG = LoggerFactory.getLogger(BundleClasses.class);
    private static final String JAR = "paddock-bundles.jar";

    private final Map<String, ClassPathModule> modules = new HashMap<>();
    /** Those of the jar of classes. */
    private final Set<String> packages = new HashSet<>();
    /** Which module has a package that others use. */
    private final Map<String, ClassPathModule> exporters = new HashMap<>();

    /**
     * @param classPath of the program; without the jar of classes every bundle has a loader of its own
     * @param bundles the hot jars there are at the start
     */
    BundleClasses(List<Path> classPath, List<Path> bundles) {
        var built = classPath.stream().filter(jar -> jar.endsWith(JAR)).findFirst();
        if (built.isEmpty() || !Files.exists(built.get())) return;
        try (var classes = new JarFile(built.get().toFile())) {
            classes.stream().map(ZipEntry::getName).forEach(name -> packages.add(packageOf(name)));
            for (Path bundle : bundles) compare(bundle, classes);
        } catch (IOException e) {
            LOG.warn("the bundles load their classes themselves, which takes longer: {} {}", built.get(), e.toString());
        }
    }

    private void compare(Path path, JarFile classes) {
        try (var jar = new JarFile(path.toFile())) {
            if (jar.stream().allMatch(entry -> isAsBuilt(entry, classes))) add(path);
        } catch (IOException e) {
            LOG.debug("{} is complained of when it is installed: {}", path, e.toString());
        }
    }

    private void add(Path path) throws IOException {
        var module = new ClassPathModule(path, this::usesOnlyWhatIsAsBuilt);
        modules.put(path.toUri().toString(), module);
        String exports = module.header("Export-Package");
        if (exports.isEmpty()) return;
        for (String name : packages) if (names(exports, name)) exporters.put(name, module);
    }

    /** What only the framework reads comes from the bundle in any case. */
    private static boolean isAsBuilt(ZipEntry entry, JarFile classes) {
        String name = entry.getName();
        if (entry.isDirectory() || name.startsWith("META-INF/") || name.startsWith("OSGI-INF/")) return true;
        ZipEntry built = classes.getEntry(name);
        return built != null && built.getCrc() == entry.getCrc() && built.getSize() == entry.getSize();
    }

    private static String packageOf(String entry) {
        return entry.substring(0, Math.max(0, entry.lastIndexOf('/'))).replace('/', '.');
    }

    private boolean usesOnlyWhatIsAsBuilt(ClassPathModule module) {
        String imports = module.header("Import-Package");
        return packages.stream()
                .filter(name -> names(imports, name))
                .allMatch(name ->
                        exporters.containsKey(name) && exporters.get(name).isOpen());
    }

    /** Whether a header has the package in its list; each may be followed by attributes. */
    private static boolean names(String header, String name) {
        String listed = "," + header + ",";
        return listed.contains("," + name + ";") || listed.contains("," + name + ",");
    }

    /** The bundle of a location, if its classes are on the class path. */
    Optional<ConnectModule> module(String location) {
        return Optional.ofNullable(modules.get(location));
    }
}
