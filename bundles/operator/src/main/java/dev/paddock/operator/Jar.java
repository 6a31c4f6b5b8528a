package dev.paddock.operator;

import dev.paddock.api.fault.Fault;
import dev.paddock.api.fault.PaddockException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;

/**
 * The bundle of a backend, as its manifest tells.
 *
 * @param file where it lies
 * @param symbolicName {@code dev.paddock.backend-} and the backend's id
 * @param version the bundle's version
 */
record Jar(Path file, String symbolicName, String version) {
    private static final String PREFIX = "dev.paddock.backend-";
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "[a-z0-9]{1,32}");
    private static final Pattern VERSION = Pattern.compile("\\d{1,9}(\\.\\d{1,9}){0,2}(\\.[A-Za-z0-9_-]{1,64})?");

    /**
     * Looks into a jar.
     *
     * @throws PaddockException with {@link Fault#INVALID_REQUEST} when it is not the bundle of a backend
     */
    static Jar read(Path file) {
        try (JarFile jar = new JarFile(file.toFile(), true)) {
            Manifest manifest = jar.getManifest();
            if (manifest == null) throw refused("it is a jar without a manifest", null);
            var headers = manifest.getMainAttributes();
            String name = headers.getValue("Bundle-SymbolicName");
            String plain = name == null ? "" : name.replaceFirst(";.*", "").strip();
            if (!NAME.matcher(plain).matches()) {
                throw refused(
                        "its symbolic name is \"" + plain + "\"; that of a backend is " + PREFIX
                                + " and lower case letters or digits",
                        null);
            }
            String version = headers.getValue("Bundle-Version");
            if (version == null || !VERSION.matcher(version.strip()).matches()) {
                throw refused("it has no Bundle-Version", null);
            }
            return new Jar(file, plain, version.strip());
        } catch (IOException | SecurityException e) {
            throw refused("it is not a sound jar: " + e.getMessage(), e);
        }
    }

    /** The backend's id. */
    String id() {
        return symbolicName.substring(PREFIX.length());
    }

    /** What the file is to be called: several versions may lie side by side. */
    String fileName() {
        return symbolicName + "-" + version + ".jar";
    }

    /**
     * Whether it is of this version.
     *
     * @param asked perhaps in a shorter form than the bundle's: without zeros at its end
     */
    boolean is(String asked) {
        return normal(version).equals(normal(asked));
    }

    private static String normal(String version) {
        String[] parts = version.split("\\.", 4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 3; i++)
            text.append(i < parts.length ? parts[i] : "0").append('.');
        return text.append(parts.length > 3 ? parts[3] : "").toString();
    }

    private static PaddockException refused(String why, Throwable cause) {
        return new PaddockException(Fault.INVALID_REQUEST, "the file is not the bundle of a backend: " + why, cause);
    }
}
