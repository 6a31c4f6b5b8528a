package dev.paddock.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;

/**
 * A jar as a bundle whose classes come from the application's class loader, where the JVM's cache covers them; headers
 * and entries come from the jar.
 */
final class ClassPathModule implements ConnectModule, ConnectContent {
    private final Path path;
    private final Map<String, String> headers;
    private final Predicate<ClassPathModule> onClassPath;
    private JarFile jar;

    /** A jar of the class path. */
    ClassPathModule(Path path) throws IOException {
        this(path, _ -> true);
    }

    /** @param onClassPath asked each time the framework wires the bundle: when not, it loads the classes from the jar */
    ClassPathModule(Path path, Predicate<ClassPathModule> onClassPath) throws IOException {
        this.path = path;
        this.jar = new JarFile(path.toFile());
        this.onClassPath = onClassPath;
        this.headers = headers(jar);
    }

    private static Map<String, String> headers(JarFile jar) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        var manifest = jar.getManifest();
        if (manifest != null)
            manifest.getMainAttributes().forEach((name, value) -> headers.put(name.toString(), value.toString()));
        return Collections.unmodifiableMap(headers);
    }

    Path path() {
        return path;
    }

    /** A header of the manifest; empty when there is none. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The symbolic name without directives; empty when the jar is no bundle. */
    Optional<String> symbolicName() {
        return Optional.ofNullable(headers.get("Bundle-SymbolicName"))
                .map(name -> name.replaceFirst(";.*", "").strip());
    }

    @Override
    public ConnectContent getContent() {
        return this;
    }

    @Override
    public Optional<Map<String, String>> getHeaders() {
        return Optional.of(headers);
    }

    @Override
    public Iterable<String> getEntries() throws IOException {
        return opened().stream().map(ZipEntry::getName).toList();
    }

    @Override
    public Optional<ConnectEntry> getEntry(String name) {
        try {
            return Optional.ofNullable(opened().getEntry(name)).map(Entry::new);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<ClassLoader> getClassLoader() {
        return onClassPath.test(this) ? Optional.of(ClassPathModule.class.getClassLoader()) : Optional.empty();
    }

    /** Whether the framework uses it: a bundle that was updated or uninstalled does not any more, once it was refreshed. */
    synchronized boolean isOpen() {
        return jar != null;
    }

    @Override
    public synchronized void open() throws IOException {
        if (jar == null) jar = new JarFile(path.toFile());
    }

    @Override
    public synchronized void close() throws IOException {
        if (jar != null) jar.close();
        jar = null;
    }

    private synchronized JarFile opened() throws IOException {
        open();
        return jar;
    }

    private final class Entry implements ConnectEntry {
        private final ZipEntry entry;

        Entry(ZipEntry entry) {
            this.entry = entry;
        }

        @Override
        public String getName() {
            return entry.getName();
        }

        @Override
        public long getContentLength() {
            return entry.getSize();
        }

        @Override
        public long getLastModified() {
            return entry.getTime();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return opened().getInputStream(entry);
        }
    }
}
