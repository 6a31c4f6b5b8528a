package dev.paddock.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes.Name;
import java.util.jar.JarFile;

/** What a program's class path consists of, as the manifest of its jar tells. */
final class ClassPath {
    private ClassPath() {}

    /** A jar and those its manifest names, in class path order. */
    static List<Path> jars(Path first) throws IOException {
        Path jar = first.toAbsolutePath().normalize();
        var jars = new ArrayList<Path>(List.of(jar));
        for (String name : named(jar)) jars.add(jar.resolveSibling(name).normalize());
        return jars;
    }

    private static String[] named(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            String names =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Name.CLASS_PATH);
            return names == null ? new String[0] : names.strip().split(" +");
        }
    }
}
