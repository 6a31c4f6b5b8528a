package dev.paddock.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.osgi.framework.connect.ConnectModule;

/**
 * The hot bundles that are as they were built. Their classes lie in one jar of the class path once more, from where the
 * JVM's cache has them loaded and linked in no time. A bundle that is another, or comes later, has a class loader of its
 * own as ever; and so has each that uses packages of one that is not what it was any more.
 */
final class BundleClasses {
    private static final String JAR = "paddock-bundles.jar";

    private final Map<String, ClassPathModule> modules = new LinkedHashMap<>();
    /** Who has the package; those of the hot bundles only. */
    private final Map<String, ClassPathModule> exporters = new HashMap<>();

    /**
     * @param classPath of the program; without the jar of classes every bundle has a loader of its own
     * @param bundles the hot jars there are at the start
     */
    BundleClasses(List<Path> classPath, List<Path> bundles) throws IOException {
        var built = classPath.stream().filter(jar -> jar.endsWith(JAR)).findFirst();
        if (built.isEmpty() || !built.get().toFile().exists()) return;
        try (var classes = new JarFile(built.get().toFile())) {
            for (Path bundle : bundles) add(classes, bundle);
        }
    }

    private void add(JarFile classes, Path path) throws IOException {
        var jar = new JarFile(path.toFile());
        if (!jar.stream().allMatch(entry -> isAsBuilt(entry, classes))) {
            jar.close();
            return;
        }
        var module = new ClassPathModule[1];
        module[0] = new ClassPathModule(path, jar, () -> usesOnlyWhatIsAsBuilt(module[0]));
        modules.put(path.toUri().toString(), module[0]);
        for (String exported : packages(module[0].header("Export-Package"))) exporters.put(exported, module[0]);
    }

    /** What only the framework reads comes from the bundle in any case. */
    private static boolean isAsBuilt(ZipEntry entry, JarFile classes) {
        String name = entry.getName();
        if (entry.isDirectory() || name.startsWith("META-INF/") || name.startsWith("OSGI-INF/")) return true;
        ZipEntry built = classes.getEntry(name);
        return built != null && built.getCrc() == entry.getCrc() && built.getSize() == entry.getSize();
    }

    private boolean usesOnlyWhatIsAsBuilt(ClassPathModule module) {
        String imported = "," + module.header("Import-Package") + ";";
        return exporters.entrySet().stream()
                .filter(exported -> imported.contains("," + exported.getKey() + ";"))
                .allMatch(exported -> exported.getValue().isOpen());
    }

    /** The names of a header's packages, without attributes and directives, which may hold commas in quotes. */
    private static List<String> packages(String header) {
        if (header.isEmpty()) return List.of();
        return List.of(header.replaceAll("\"[^\"]*\"", "").replaceAll(";[^,]*", "").split(","));
    }

    /** The bundle of a location, if its classes are on the class path. */
    Optional<ConnectModule> module(String location) {
        return Optional.ofNullable(modules.get(location));
    }
}
