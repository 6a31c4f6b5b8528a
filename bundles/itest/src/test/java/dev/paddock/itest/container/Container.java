package dev.paddock.itest.container;

import dev.paddock.itest.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * The distribution's bundles in a framework inside the test's own JVM, without the launcher: so each bundle must stand
 * by its manifest alone. The testkit's fake engine is among them.
 */
final class Container implements AutoCloseable {
    private static final long PATIENCE_MS = 20_000;
    /** Framework and logging come from the test's class path; the launcher's copy of api is also in bundles/. */
    private static final String NOT_INSTALLED = "(org\\.apache\\.felix\\.(framework|logback)|slf4j|logback|api).*";

    /** Both versions, as the launcher exports them: part of the platform asks for [1.7,2). */
    private static final String LOGGING = Stream.of(
                    "org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi")
            .map(p -> p + ";version=\"1.7.36\"," + p + ";version=\"2.0.17\"")
            .collect(Collectors.joining(","));

    private final Framework framework;

    private Container(Framework framework) {
        this.framework = framework;
    }

    /** Starts all bundles in a framework that keeps its data under {@code home}. */
    static Container start(Path home) throws BundleException, IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, home.resolve("felix").toString());
        settings.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, LOGGING);
        settings.put("felix.cm.dir", home.resolve("config").toString());
        settings.put("org.apache.felix.http.require.config", "true");
        settings.put(
                "felix.fileinstall.dir",
                Files.createDirectories(home.resolve("hot")).toString());
        settings.put("gosh.args", "--nointeractive");
        settings.put("paddock.home", home.toString());
        settings.put("paddock.install", Layout.install().toString());
        Framework framework = new FrameworkFactory().newFramework(settings);
        framework.start();
        Container container = new Container(framework);
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars())
            bundles.add(framework.getBundleContext().installBundle(jar.toUri().toString()));
        for (Bundle bundle : bundles) if (bundle.getHeaders("").get(Constants.FRAGMENT_HOST) == null) bundle.start();
        return container;
    }

    private static List<Path> jars() throws IOException {
        List<Path> jars = new ArrayList<>(Layout.jars(Layout.install().resolve("lib/platform")));
        jars.removeIf(j -> j.getFileName().toString().matches(NOT_INSTALLED));
        jars.addAll(Layout.bundles());
        jars.add(Layout.testkit());
        return jars;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    Bundle bundle(String symbolicName) {
        for (Bundle bundle : context().getBundles()) if (symbolicName.equals(bundle.getSymbolicName())) return bundle;
        throw new AssertionError("no bundle " + symbolicName);
    }

    /** Our own bundles, the test's excluded. */
    List<Bundle> ours() {
        return List.of(context().getBundles()).stream()
                .filter(b -> b.getSymbolicName().startsWith("dev.paddock.")
                        && !b.getSymbolicName().equals("dev.paddock.testkit"))
                .toList();
    }

    /** Waits for a service by the name of its interface. */
    Object service(String type) throws InterruptedException {
        var tracker = new ServiceTracker<Object, Object>(context(), type, null);
        // All of them: the test has an api of its own on its class path, and the framework would compare class loaders.
        tracker.open(true);
        try {
            Object service = tracker.waitForService(PATIENCE_MS);
            if (service == null) throw new AssertionError("no service " + type + " within " + PATIENCE_MS + " ms");
            return service;
        } finally {
            tracker.close();
        }
    }

    /** The address HTTP listens on. */
    String address() throws InterruptedException {
        service("org.osgi.service.servlet.runtime.HttpServiceRuntime");
        var reference = context().getServiceReference("org.osgi.service.servlet.runtime.HttpServiceRuntime");
        Object endpoints = reference.getProperty("osgi.http.endpoint");
        String first = endpoints instanceof String[] all ? all[0] : endpoints.toString();
        return first.replaceAll("/$", "");
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
