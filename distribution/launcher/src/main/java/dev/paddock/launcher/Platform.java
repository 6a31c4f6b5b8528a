package dev.paddock.launcher;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;
import org.osgi.framework.startlevel.BundleStartLevel;

/**
 * The platform's bundles: the jars of the class path that are bundles, but for those that the framework exports itself.
 */
final class Platform implements ModuleConnector {
    private static final String LOCATION = "classpath:";

    /** On the class path for the launcher's own use: logging, the framework, and the address parser. */
    private static final Set<String> NOT_BUNDLES = Set.of(
            "org.apache.felix.framework",
            "slf4j.api",
            "ch.qos.logback.classic",
            "ch.qos.logback.core",
            "dev.paddock.api");

    private final Map<String, ClassPathModule> modules = new LinkedHashMap<>();

    private final BundleClasses hot;

    /**
     * @param jars the class path
     * @param hot bundles whose classes are there too
     */
    Platform(List<Path> jars, BundleClasses hot) throws IOException {
        this.hot = hot;
        for (Path jar : jars) {
            var module = new ClassPathModule(jar);
            var name = module.symbolicName();
            if (name.isPresent() && !NOT_BUNDLES.contains(name.get())) modules.put(LOCATION + name.get(), module);
            else module.close();
        }
    }

    @Override
    public void initialize(File storage, Map<String, String> configuration) {
        // Nothing is kept in the storage.
    }

    @Override
    public Optional<ConnectModule> connect(String location) {
        ConnectModule module = modules.get(location);
        return module == null ? hot.module(location) : Optional.of(module);
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }

    /** Installs them, each at its start level; those that should run are marked to start. */
    List<Bundle> install(BundleContext context) throws BundleException {
        var bundles = new ArrayList<Bundle>();
        for (var module : modules.entrySet()) {
            Bundle bundle = context.installBundle(module.getKey());
            bundle.adapt(BundleStartLevel.class).setStartLevel(StartLevels.of(bundle.getSymbolicName()));
            BundleLookup.remember(module.getValue().path(), bundle);
            if (bundle.getHeaders("").get("Fragment-Host") == null) bundle.start(Bundle.START_ACTIVATION_POLICY);
            bundles.add(bundle);
        }
        return bundles;
    }
}
