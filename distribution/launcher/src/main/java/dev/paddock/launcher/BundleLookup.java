package dev.paddock.launcher;

import java.net.URI;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.connect.FrameworkUtilHelper;

/**
 * Answers {@code FrameworkUtil.getBundle(Class)} for classes of the class path, whose loader knows nothing of bundles.
 * The JDK makes it through the service loader, so what it knows is static.
 */
public final class BundleLookup implements FrameworkUtilHelper {
    private static final Map<URI, Bundle> BY_JAR = new ConcurrentHashMap<>();

    static void remember(Path jar, Bundle bundle) {
        BY_JAR.put(jar.toUri(), bundle);
    }

    @Override
    public Optional<Bundle> getBundle(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) return Optional.empty();
        return Optional.ofNullable(
                BY_JAR.get(Path.of(URI.create(source.getLocation().toString())).toUri()));
    }
}
